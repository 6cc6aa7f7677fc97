// The bank says no, and why.
class Refusal extends Error {}

module.exports = { Refusal };
