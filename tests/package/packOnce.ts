import type { TestProject } from "vitest/node";
import {
  packPackage,
  removeFolder,
  temporaryFolder,
  type PackedPackage,
} from "./packedPackage.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The package, packed once for all tests. */
    packed: PackedPackage;
  }
}

/** Packs the package before the tests, and removes the archive after them. */
export default function setup(project: TestProject): () => void {
  const folder = temporaryFolder("archive");
  project.provide("packed", packPackage(folder));
  return () => removeFolder(folder);
}
