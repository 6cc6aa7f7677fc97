# The checks of Minitest and of test-unit.

module Minitest
  # A check that does not hold.
  class Assertion < Exception
  end

  # What is asked of values. Each has a message of its own; the last argument may say more.
  module Assertions
    def assert(test, message = nil) = hold(test, nil, called(message) || "what is asserted does not hold")
    def refute(test, message = nil) = hold(!test, nil, called(message) || "what is refuted holds")
    def pass(*) = true
    def flunk(message = "flunked") = hold(false, nil, message)
    def skip(message = "skipped") = hold(false, nil, "the test was not run to its end: #{message}")

    # A check and its opposite; what a check says of the values, and what its opposite does.
    def self.check(name, says, opposite, &holds)
      { assert: [true, says], refute: [false, opposite] }.each do |way, (wanted, words)|
        define_method(:"#{way}_#{name}") do |*args|
          *args, message = args if args.size > holds.arity
          does = instance_exec(*args, &holds) ? true : false
          hold(does == wanted, message, format(words, *args.map { |value| shown(value) }))
        end
      end
    end

    # Asked of what may be the program's, which then is not asked itself.
    check(:equal, "%s expected, not %s", "%s is not expected") do |expected, actual|
      Polycode::Remote === actual ? actual == expected : expected == actual
    end
    check(:same, "%s is not the same as %s", "%s is the same as %s") { |expected, actual| expected.equal?(actual) }
    check(:nil, "%s is not nil", "%s is nil") { |value| nil.equal?(value) }
    check(:empty, "%s is not empty", "%s is empty") { |value| value.empty? }
    check(:includes, "%s does not include %s", "%s includes %s") { |all, one| all.include?(one) }
    check(:match, "%s does not match %s", "%s matches %s") do |pattern, text|
      (pattern.is_a?(String) ? Regexp.new(Regexp.escape(pattern)) : pattern).match?(text)
    end
    check(:instance_of, "%s is not the class of %s", "%s is the class of %s") { |kind, value| value.instance_of?(kind) }
    check(:kind_of, "%s is no class of %s", "%s is a class of %s") { |kind, value| value.is_a?(kind) }
    check(:respond_to, "%s has no %s", "%s has %s") { |value, name| value.respond_to?(name) }
    check(:predicate, "%s is not %s", "%s is %s") { |value, name| value.__send__(name) }
    check(:operator, "%s %s %s does not hold", "%s %s %s holds") { |one, operator, other| one.__send__(operator, other) }
    check(:in_delta, "%s and %s differ by more than %s", "%s and %s differ by no more than %s") do |one, other, delta|
      near?(one, other, delta)
    end

    # Without a difference it is a thousandth.
    %i[assert_in_delta refute_in_delta].each do |name|
      with_delta = instance_method(name)
      define_method(name) { |one, other, delta = 0.001, *message| with_delta.bind_call(self, one, other, delta, *message) }
    end

    def assert_in_epsilon(expected, actual, epsilon = 0.001, *message)
      assert_in_delta expected, actual, [expected.abs, actual.abs].min * epsilon, *message
    end

    def assert_raises(*kinds)
      message = kinds.pop if kinds.last.is_a?(String)
      kinds.push(StandardError) if kinds.empty?
      begin
        yield
      rescue *kinds => error
        return error
      rescue StandardError, ScriptError => error
        hold(false, message, "#{names(kinds)} expected, not #{error.class}: #{error.message}")
      end
      hold(false, message, "#{names(kinds)} expected, and nothing was raised")
    end

    def assert_throws(tag, message = nil)
      has_ended = false
      catch(tag) do
        yield
        has_ended = true
      end
      hold(!has_ended, message, "#{tag.inspect} was not thrown")
    end

    # What the program prints meanwhile; standard errors are not heard.
    def capture_io
      Polycode.line.printed
      yield
      [Polycode.line.printed, ""]
    end

    def assert_output(expected = nil, errors = nil, &)
      hold(errors.nil? || errors == "", nil, "what is written to standard error is not heard")
      printed, = capture_io(&)
      expected.is_a?(Regexp) ? assert_match(expected, printed) : assert_equal(expected, printed) unless expected.nil?
    end

    def assert_silent(&) = assert_output("", &)

    private

    def hold(test, message, words)
      raise Assertion, message ? "#{called(message)}: #{words}" : words unless test

      true
    end

    def called(message) = message.is_a?(Proc) ? message.call : message

    # Whether two numbers are near; what an object of the program says of a difference is not believed.
    def near?(one, other, delta)
      [one, other].each { |value| hold(Numeric === value, nil, "#{shown(value)} is no number") }
      (one - other).abs <= delta
    end

    def names(kinds) = kinds.map(&:name).join(" or ")

    def shown(value)
      text = Symbol === value ? value.name : value.inspect.to_s
      text.size > 200 ? "#{text[0, 200]}…" : text
    end
  end

  # Tests, and what is done before and after each.
  class Test
    include Assertions

    CLASSES = []

    def self.inherited(kind)
      super
      CLASSES.push(kind)
    end

    def self.found
      public_instance_methods(true).grep(/\Atest_/).sort.to_h { |name| ["#{self}##{name}", -> { new.perform(name) }] }
    end

    def self.parallelize_me! = nil
    def self.i_suck_and_my_tests_are_order_dependent! = nil
    def self.make_my_diffs_pretty! = nil

    def setup = nil
    def teardown = nil

    def perform(name)
      setup
      begin
        __send__(name)
      ensure
        teardown
      end
    end

    # The program, for functions that are called as one of Ruby's own is.
    def program = Polycode.line ? Polycode.line.programs.last : Polycode::Later.new

    # A function of the program; no check is, whatever the program calls its own.
    def method_missing(name, *args, **named, &block)
      return super if name.match?(/\A(?:assert|refute)/)

      found = Polycode.top(name.name)
      return found if Polycode::Later === found
      return super if found.nil?

      told = found.first
      Polycode.line.function?(told) ? Polycode.line.call(told, nil, *args, **named, &block) : Polycode.line.decode(told)
    end

    def respond_to_missing?(name, _) = !Polycode.line.nil? && !Polycode.top(name.name).nil?
  end

  # A value in a description: `_(value).must_equal 5`.
  class Expectation
    def initialize(test, value)
      @test, @value = test, value
    end

    # Those whose value comes second in the assertion.
    SECOND = { equal: :equal, be_same_as: :same, match: :match, be_instance_of: :instance_of, be_kind_of: :kind_of, be_close_to: :in_delta, be_within_delta: :in_delta }.freeze
    FIRST = { be_nil: :nil, be_empty: :empty, include: :includes, respond_to: :respond_to }.freeze
    { must: "assert", wont: "refute" }.each do |way, check|
      SECOND.each { |name, of| define_method(:"#{way}_#{name}") { |expected, *more| @test.public_send(:"#{check}_#{of}", expected, @value, *more) } }
      FIRST.each { |name, of| define_method(:"#{way}_#{name}") { |*more| @test.public_send(:"#{check}_#{of}", @value, *more) } }
      define_method(:"#{way}_be") do |operator, *other|
        other.empty? ? @test.public_send(:"#{check}_predicate", @value, operator) : @test.public_send(:"#{check}_operator", @value, operator, *other)
      end
    end

    def must_raise(*kinds) = @test.assert_raises(*kinds, &@value)
    def must_output(printed) = @test.assert_output(printed, &@value)
    def must_be_silent = @test.assert_silent(&@value)
  end

  # Tests that are described.
  class Spec < Test
    class << self
      attr_accessor :described

      def to_s = described || super
      def found = specs.to_h { |text, name| ["#{described} #{text}", -> { new.perform(name) }] }
      def specs = @specs ||= {}
      def before(*, &block) = define_method(:setup) { super(); instance_exec(&block) }
      def after(*, &block) = define_method(:teardown) { instance_exec(&block); super() }
      def subject(&) = let(:subject, &)

      def it(text = "works", &block)
        raise ArgumentError, "`#{text}` is described without a test" unless block

        name = :"described_#{specs.size}"
        specs[text] = name
        define_method(name, &block)
      end
      alias specify it

      def let(name, &block)
        define_method(name) { (@let ||= {}).fetch(name) { @let[name] = instance_exec(&block) } }
      end

      def describe(text, *, &) = Spec.describe("#{described} #{text}", self, &)
    end

    def self.describe(text, base = Spec, &)
      kind = Class.new(base)
      kind.described = text.to_s
      kind.class_eval(&)
      kind
    end

    def _(value = nil, &block) = Expectation.new(self, block || value)
    alias expect _
    alias value _
  end

  def self.autorun = nil
end

module Test
  module Unit
    # The names of `test-unit`.
    class TestCase < Minitest::Test
      alias assert_raise assert_raises
      alias assert_not_equal refute_equal
      alias assert_not_nil refute_nil
      alias assert_include assert_includes
      alias assert_not_include refute_includes
      def assert_true(value, message = nil) = assert_equal(true, value, message)
      def assert_false(value, message = nil) = assert_equal(false, value, message)
    end
  end
end
