/**
 * Stands in for the module `electron` wherever its runtime is not (server, command line, unit tests).
 * electron-store imports `electron` by its default export; with the package installed and its runtime
 * absent, that import tries to download the runtime and ends the process. An object with nothing in it
 * makes electron-store take the folder that it is given.
 */
const noElectron: Readonly<Record<string, never>> = {};

export default noElectron;
