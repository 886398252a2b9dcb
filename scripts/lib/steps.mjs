/**
 * The steps of `npm start`, announced as they begin: `Step 2 of 5: …`. Some of
 * them happen in programs that other commands run as well, which announce
 * nothing then.
 *
 * Only Node's built-in modules are imported, because `npm start` runs before the
 * packages are installed.
 */

/** What each step is called, in the order of the steps. */
const steps = {
  packages: "npm packages",
  tools: "Rust and wasm-bindgen",
  core: "the core, in WebAssembly",
  typescript: "TypeScript",
  servers: "the embedded server and the example app",
};

/** Tells the programs that a script starts to announce their steps. */
const variable = "GATEHOUSE_STEPS";

/** Has steps announced, by this process and those that it starts. */
export function announceSteps() {
  process.env[variable] = "1";
}

/**
 * Announces a step, where that is wanted.
 *
 * @param {keyof typeof steps} name
 */
export function beginStep(name) {
  if (process.env[variable] !== "1") return;
  console.log(describeStep(name));
}

/**
 * Describes a step.
 *
 * @param {keyof typeof steps} name
 * @returns {string} For example `Step 1 of 5: npm packages`.
 */
export function describeStep(name) {
  const names = Object.keys(steps);
  const number = names.indexOf(name) + 1;
  return `Step ${number} of ${names.length}: ${steps[name]}`;
}
