import testing from "./testing.js";

export const { Time } = testing;
