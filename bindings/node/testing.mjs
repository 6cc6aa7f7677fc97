import testing from "./testing.js";

export const { Time, checkStore, storeRules } = testing;
