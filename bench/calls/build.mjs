/**
 * One of the builds that are compared, with the worlds in which its calls are
 * made.
 */
import { openCheckout } from "./checkout.mjs";
import {
  describePart,
  fillCodeCaches,
  leastMemory,
  makePart,
  makeWorld,
  twiceTheMemory,
} from "./world.mjs";

/**
 * @typedef {import("./callList.mjs").Call} Call
 * @typedef {import("./checkout.mjs").AppId} AppId
 *
 * @typedef {object} PackagedCall A call for another process.
 * @property {string} callId
 * @property {import("./world.mjs").PackagedWorld} world
 */

/** @type {Record<AppId, number[]>} */
const memorySizes = {
  password: [leastMemory, twiceTheMemory],
  passkey: [leastMemory],
};

export class Build {
  #id;
  #root;
  #recorder;
  /** @type {import("./world.mjs").PackagedPart} */
  #component;
  /** @type {Map<AppId, import("./world.mjs").PackagedPart>} */
  #apps = new Map();
  /** @type {Map<string, import("./world.mjs").World>} */
  #worlds = new Map();

  /**
   * @param {string} id The build's name in the tables: `now`, `before`.
   * @param {string} root Of the checkout; ends in a slash.
   * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
   * @returns {Promise<Build>}
   */
  static async open(id, root, recorder) {
    const build = new Build(id, root, recorder);
    const checkout = await openCheckout(root);
    build.#component = await describePart(
      `${id}/component`,
      checkout.component,
    );
    for (const [appId, graphs] of checkout.apps) {
      build.#apps.set(appId, await describePart(`${id}/${appId}`, graphs));
    }
    await build.#makeWorlds();
    return build;
  }

  /**
   * @param {string} id
   * @param {string} root
   * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
   */
  constructor(id, root, recorder) {
    this.#id = id;
    this.#root = root;
    this.#recorder = recorder;
  }

  get id() {
    return this.#id;
  }

  async #makeWorlds() {
    const component = makePart(this.#component);
    fillCodeCaches(component);
    for (const [appId, packaged] of this.#apps) {
      const app = makePart(packaged);
      fillCodeCaches(app);
      for (const memory of memorySizes[appId]) {
        const world = await makeWorld(
          this.#root,
          app,
          component,
          appId,
          memory,
          this.#recorder,
        );
        this.#worlds.set(`${appId}/${memory}`, world);
      }
    }
  }

  /**
   * @param {Call} call
   * @returns {import("./world.mjs").World[]} The world it is made in, and for
   *   one that hashes another with twice the memory for it.
   */
  worldsOf({ app, hashes }) {
    const first = this.#worlds.get(`${app}/${leastMemory}`);
    return hashes
      ? [first, this.#worlds.get(`${app}/${twiceTheMemory}`)]
      : [first];
  }

  /**
   * @param {Call} call
   * @returns {Promise<{ runs: import("./backend.mjs").ContextRun[], rowsRead:
   *   number, rowsWritten: number }>} What it does, context by context.
   */
  async count(call) {
    const [world] = this.worldsOf(call);
    /** @type {import("./world.mjs").CallResult} */
    let result;
    const { rowsRead, rowsWritten } = await this.#recorder.record(async () => {
      result = await world.run(call, { counts: true });
    });
    return { runs: result.runs, rowsRead, rowsWritten };
  }

  /**
   * @param {Call} call
   * @param {import("./world.mjs").World} world
   * @returns {Promise<PackagedCall>} With the modules that it evaluates.
   */
  async package(call, world) {
    const { runs } = await this.count(call);
    /** @param {"app" | "component"} place */
    const pathsOf = (place) =>
      runs
        .filter(({ where }) => where === place)
        .map(({ name }) => name.slice(0, name.indexOf(":")));
    return {
      callId: call.id,
      world: {
        root: this.#root,
        app: partOf(this.#apps.get(call.app), pathsOf("app")),
        component: partOf(this.#component, pathsOf("component")),
        state: world.state,
      },
    };
  }
}

/**
 * @param {import("./world.mjs").PackagedPart} part
 * @param {readonly string[]} paths
 * @returns {import("./world.mjs").PackagedPart} Nothing but these modules.
 */
function partOf({ owner, graphs, descriptions }, paths) {
  return {
    owner,
    graphs: new Map(paths.map((path) => [path, graphs.get(path)])),
    descriptions: new Map(paths.map((path) => [path, descriptions.get(path)])),
  };
}
