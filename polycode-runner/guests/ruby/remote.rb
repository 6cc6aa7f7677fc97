# What stands for the program in its tests.

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
    CONVERSIONS = %i[coerce to_ary to_str to_hash to_proc to_io to_path to_int to_a to_h to_sym to_regexp to_open].freeze

    def initialize(line, told)
      @line, @told, @of = line, told, { yours: told["ref"] }
    end

    # Values of the program are compared there. What it says of itself must not decide whether it is
    # what is expected; so it has no order beside values of the tests, by which Ruby compares times and dates.
    def ==(other)
      return @line.apply("eq", self, other) ? true : false if ::Polycode::Remote === other

      @told.key?("plain") && @line.decode(@told["plain"]) == other
    end

    def <=>(other) = ::Polycode::Remote === other ? method_missing(:<=>, other) : nil
    def !=(other) = !(self == other)
    def eql?(other) = equal?(other)
    def hash = __id__.hash
    def !() = false
    def nil? = false
    def class = ::Polycode::Remote
    def frozen? = false
    def is_a?(kind) = @line.theirs?(kind) ? @line.apply("isinstance", self, kind) : ::Polycode::Remote == kind
    alias kind_of? is_a?
    alias instance_of? is_a?
    def ===(other) = callable? ? @line.apply("isinstance", other, self) : self == other
    def respond_to?(name, *) = !CONVERSIONS.include?(name.to_sym) && (name == :call ? callable? : @line.apply("has", self, name.to_s))
    def new(...) = @line.call(@told, nil, ...)
    def call(...) = callable? ? @line.call(@told, nil, ...) : method_missing(:call, ...)

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
      @kinds = {}
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
      when "promise" then value(do: "apply", name: "await", args: [{ yours: told["ref"] }])
      else @remotes[told["ref"]] ||= stand_in(told)
      end
    end

    def stand_in(told)
      made = told["kind"] == "class" ? RemoteClass.of(self, told) : Remote.new(self, told)
      @theirs[made] = told["ref"]
      made
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
end
