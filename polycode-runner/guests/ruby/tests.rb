# The tests: in the manner of Minitest, whose classes and checks are here.

module Polycode
  # Something of the program while tests are only listed: it is not there yet.
  class Later < BasicObject
    def method_missing(*) = self
    def respond_to_missing?(*) = true
    def refuse(*) = ::Kernel.raise("which tests there are must not depend on the program")

    %i[== != ! each to_s to_a to_ary to_str to_proc call hash].each { |name| alias_method name, :refuse }
  end

  # A value of the program, which stays on its side.
  class Remote < BasicObject
    OPERATIONS = {
      "+": "add", "-": "sub", "*": "mul", "/": "truediv", "%": "mod", "**": "pow", "&": "and", "|": "or", "^": "xor",
      "<<": "lshift", ">>": "rshift", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "-@": "neg", "+@": "pos", "~": "invert",
      "[]": "getitem", "[]=": "setitem", to_s: "str", inspect: "repr", to_i: "int", to_f: "float"
    }.freeze
    # What Ruby asks objects for by itself: this is none of these.
    CONVERSIONS = %i[to_ary to_str to_hash to_proc to_io to_path to_int to_a to_h to_sym to_regexp to_open].freeze

    def initialize(line, told)
      @line, @told, @of = line, told, { yours: told["ref"] }
    end

    # Values of the program are compared there. What it says of itself must not decide whether it is
    # what is expected.
    def ==(other) = ::Polycode::Remote === other && @line.apply("eq", self, other) ? true : plain == other && @told.key?("plain")
    def !=(other) = !(self == other)
    def eql?(other) = equal?(other)
    def hash = __id__.hash
    def !() = false
    def nil? = false
    def class = ::Polycode::Remote
    def frozen? = false
    def plain = @told.key?("plain") ? @line.decode(@told["plain"]) : nil
    def is_a?(kind) = @line.theirs?(kind) ? @line.apply("isinstance", self, kind) : ::Polycode::Remote == kind
    alias kind_of? is_a?
    alias instance_of? is_a?
    def ===(other) = callable? ? @line.apply("isinstance", other, self) : self == other
    def respond_to?(name, *) = !CONVERSIONS.include?(name.to_sym) && (name == :call ? callable? : @line.apply("has", self, name.to_s))
    def new(...) = @line.call(@told, nil, ...)
    def call(...) = @line.call(@told, nil, ...)

    def each
      return enum unless ::Kernel.block_given?

      walk = @line.apply("iter", self)
      until (step = @line.apply("step", walk)).empty?
        yield step.first
      end
      self
    end

    def to_a
      items = []
      each { |item| items << item }
      items
    end

    OPERATIONS.each do |name, operation|
      define_method(name) { |*others| @line.apply(operation, self, *others) }
    end

    # What is called is an attribute, or a method.
    def method_missing(name, *args, **named, &block)
      ::Kernel.raise ::NoMethodError, "a value of the program has no `#{name}`" if CONVERSIONS.include?(name)

      text = name.name
      return @line.set(@of, text.delete_suffix("="), args.first) if text.match?(/\A\w+=\z/)

      found = @line.ask(do: "get", of: @of, name: text)["value"]
      return @line.call(found, @of, *args, **named, &block) if @line.function?(found)
      ::Kernel.raise ::NoMethodError, "`#{name}` of the program is a value, which is not called" unless args.empty? && named.empty?

      @line.decode(found)
    end

    def respond_to_missing?(*) = false

    def tap
      yield self
      self
    end

    private

    def callable? = %w[function class error].include?(@told["kind"])
    def enum = ::Enumerator.new { |to| each { |item| to << item } }
  end

  # A class or module of the program, in which constants can be looked up, too.
  class RemoteClass < Module
    attr_reader :remote

    def self.of(line, told)
      made = new
      made.instance_variable_set(:@remote, Remote.new(line, told))
      made.define_singleton_method(:name) { told["name"] }
      made
    end

    def new(...) = remote.new(...)
    def ===(other) = remote === other
    def to_s = name
    alias inspect to_s
    def method_missing(...) = remote.method_missing(...)
    def const_missing(name) = remote.method_missing(name)
    def respond_to_missing?(name, _) = remote.respond_to?(name)
  end

  # The tests' end of the line: the program may call the functions that it was given, and no more.
  class Tests < Line
    # Names of exceptions that Ruby has others for.
    NAMED = { "Exception" => StandardError, "BaseException" => Exception, "AttributeError" => NoMethodError, "Error" => StandardError }.freeze

    # The first check that failed while the program had called a function of the tests.
    attr_reader :broken

    def initialize
      super
      @places = {}.compare_by_identity
      @kinds, @classes = {}, {}
      @programs = []
    end

    # Asks for what a file of the program has.
    def load(name)
      @programs.push(value(do: "load", name:))
      true
    end

    def programs = @programs.uniq(&:__id__)

    # What has a name at the top of the program, as it was told; none where there is no such thing.
    def find(name)
      programs.each do |program|
        return ask(do: "get", of: encode(program), name:)["value"]
      rescue NoMethodError
        next
      end
      nil
    end

    def apply(name, *args) = value(do: "apply", name:, args: args.map { |arg| encode(arg) })

    def set(of, name, given)
      value(do: "set", of:, name:, value: encode(given))
      given
    end

    # Whether a value stands for one of the program.
    def theirs?(value) = @theirs.key?(value)

    def function?(told) = told.is_a?(Hash) && told["kind"] == "function"

    # Calls what was told. A block is a function that comes last.
    def call(told, this, *args, **named, &block)
      args.push(block) if block
      message = { do: "call", of: { yours: told["ref"] }, args: args.map { |arg| encode(arg) }, **given(named) }
      message[:new] = true if told["kind"] == "class"
      message[:this] = this if this
      answer = ask(message)
      (answer["changed"] || []).each { |at, changed| restore(args[at], decode(changed)) }
      decode(answer["value"])
    end

    def printed = value(do: "printed")

    # Where in the program an exception was raised.
    def place(error) = @places[error]

    # The exception of a name, for those that Ruby does not have.
    def kind_named(name)
      known = Object.const_defined?(name) && Object.const_get(name)
      known = nil unless known.is_a?(Class) && known <= Exception
      NAMED[name] || known || (@kinds[name] ||= named(name, StandardError))
    end

    private

    def perform(request)
      raise NoMethodError, request["name"] if request["do"] == "get"

      action = request["do"] == "call" ? @known[request["of"]["yours"]] : nil
      raise SecurityError, "a program can only call what it was given" unless action.is_a?(Proc) || action.is_a?(Method)

      args = request["args"].map { |arg| decode(arg) }
      { value: encode(action.call(*args, **(request["named"] || {}).to_h { |name, arg| [name.to_sym, decode(arg)] })) }
    end

    # What was checked is not for the program to read, nor to forgive.
    def described(error)
      return super unless error.is_a?(Minitest::Assertion) && !@theirs.key?(error)

      @broken ||= error
      { class: "AssertionError", args: [], text: "", of: reference(error)[:ref] }
    end

    def remote(told)
      case told["kind"]
      when "error" then kind(told)
      when "class" then @classes[told["ref"]] ||= RemoteClass.of(self, told).tap { |made| @theirs[made] = told["ref"] }
      when "promise" then value(do: "apply", name: "await", args: [{ yours: told["ref"] }])
      else
        @remotes[told["ref"]] ||= Remote.new(self, told).tap { |made| @theirs[made] = told["ref"] }
      end
    end

    def exception(told)
      return @known[told["yours"]] if told.key?("yours")
      return RuntimeError.new(decode(told["thrown"]).to_s) if told.key?("thrown")

      error = (told["class"].is_a?(String) ? kind_named(told["class"]) : kind(told["class"])).allocate
      text = told["text"].to_s
      error.define_singleton_method(:message) { text }
      @theirs[error] = told["of"]
      @places[error] = told["at"]
      error
    end

    # A class of exceptions of the program; what its objects have is asked for there.
    def kind(told)
      @kinds[told["ref"]] ||= begin
        base = ((told["bases"] || []) - ["object"]).map { |base| base.is_a?(String) ? kind_named(base) : kind(base) }.first
        made = named(told["name"], base || StandardError)
        @theirs[made] = told["ref"]
        line = self
        theirs = @theirs
        made.define_method(:method_missing) do |name, *args, **named, &block|
          next super(name, *args, **named, &block) unless theirs.key?(self)

          Remote.new(line, { "ref" => theirs[self], "kind" => "object" }).method_missing(name, *args, **named, &block)
        end
        made.define_method(:respond_to_missing?) { |*| false }
        made
      end
    end

    def named(name, base)
      made = Class.new(base)
      made.define_singleton_method(:name) { name }
      made.define_singleton_method(:to_s) { name }
      made
    end

    # Makes a list, map or set what it became on the other side.
    def restore(given, changed)
      raise TypeError, "only lists, maps and sets can be changed by a function" unless [Array, Hash, Set].include?(given.class)

      given.replace(given.is_a?(Set) ? Set.new(changed) : changed)
    end
  end

  class << self
    # The line; none while tests are only listed.
    attr_accessor :line

    # The name by which a file of the program is asked for, where the tests have none of that name.
    def theirs(name, from)
      path = File.expand_path(name, from)
      return nil if [path, "#{path}.rb"].any? { |own| File.file?(own) } || !path.start_with?("#{BOX}/")

      path.delete_prefix("#{BOX}/")
    end

    def load(name)
      line ? line.load(name) : true
    end

    # What has a name at the top of the program.
    def top(name)
      return Later.new unless line

      found = line.find(name)
      found.nil? ? nil : [found]
    end
  end
end

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

    check(:equal, "%s expected, not %s", "%s is not expected") { |expected, actual| expected == actual }
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
      caught = false
      catch(tag) do
        yield
        caught = true
      end
      hold(!caught, message, "#{tag.inspect} was not thrown")
    end

    # What the program prints meanwhile; standard errors are not heard.
    def capture_io
      Polycode.line.printed
      yield
      [Polycode.line.printed, ""]
    end

    def assert_output(expected = nil, errors = nil, &)
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

    def method_missing(name, *args, **named, &block)
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

module Kernel
  def describe(text, ...) = Minitest::Spec.describe(text, ...)
  private :describe

  alias polycode_require require
  alias polycode_require_relative require_relative

  # A library is Ruby's, a file is the tests' own, and all else is the program's.
  def require(name)
    return true if name.match?(%r{\A(?:minitest|test/unit|test-unit)(?:/|\z)})

    polycode_require(name)
  rescue LoadError
    Polycode.load(Polycode.theirs(name, Polycode::BOX) || raise)
  end

  def require_relative(name)
    from = File.expand_path(caller_locations(1, 1).first.path, Polycode::BOX)
    theirs = Polycode.theirs(name, File.dirname(from))
    theirs ? Polycode.load(theirs) : polycode_require(File.expand_path(name, File.dirname(from)))
  end
end

class Object
  # A constant that tests do not have is the program's.
  def self.const_missing(name)
    found = Polycode.top(name.name)
    return found if Polycode::Later === found
    return Polycode.line.decode(found.first) if found
    return Polycode.line.kind_named(name.name) if name.match?(/(?:Error|Exception)\z/)

    super
  end
end

module Polycode
  class << self
    # Runs one test, or tells which there are.
    def test
      entry, name = ARGV
      self.line = Tests.new if name
      $LOAD_PATH.unshift(BOX, File.dirname("#{BOX}/#{entry}"))
      told =
        begin
          found = found_in(entry)
          line ? passed(found.fetch(name)) : found.keys
        rescue StandardError, ScriptError, SystemStackError, Minitest::Assertion, Gone => error
          raise unless line

          { failed: why(error) }
        end
      told = { failed: why(line.broken) } if line&.broken
      File.write(ANSWER, GENERATE.call(told).scrub)
    end

    private

    def found_in(entry)
      COMPILE.call(File.read("#{BOX}/#{entry}", mode: "r:bom|utf-8"), entry, "#{BOX}/#{entry}").eval
      Minitest::Test::CLASSES.map(&:found).reduce({}) do |all, some|
        all.merge(some) { |name| raise "two tests are called #{name}" }
      end
    end

    def passed(test)
      test.call
      "passed"
    end

    # What made a test fail, in a few words.
    def why(error)
      text = error.message.to_s.scrub
      text = "#{error.class}: #{text}" unless error.is_a?(Minitest::Assertion) || error.is_a?(Gone)
      at = line.place(error)
      return "#{text} (#{at})" if at

      own = (error.backtrace || []).find { |frame| !frame.match?(FOREIGN) && !frame.include?($0) }
      own ? "#{own.delete_prefix("#{BOX}/")[/\A[^:]*:\d+/]}: #{text}" : text
    end
  end
end

Polycode.test
