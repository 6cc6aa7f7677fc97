# The program that tests in another sandbox test: it does what they ask for on the line, as `line.py`
# and `tested.py` do for Python.
#
# Functions of the program's top level are methods of `Object`, so nothing of what is here is one.

require "date"
require "json"
require "set"
require "time"

module Polycode
  # Something that the program does not have.
  class Absent < NameError
  end

  # What is only there to be walked through.
  Walk = Struct.new(:items, :at)

  # The program itself, of which tests import what they name.
  PROGRAM = Object.new

  # Values as they cross the line.
  module Values
    # Exceptions that are called the same in Python.
    SHARED = [
      IndexError, KeyError, NameError, NotImplementedError, RuntimeError, StopIteration, SyntaxError,
      SystemExit, TypeError, ZeroDivisionError
    ].to_h { |kind| [kind, kind.name] }.merge(
      Absent => "AttributeError", StandardError => "Exception", Exception => "BaseException"
    )
    SAFE = 1 << 53

    def encode(value)
      return { yours: @theirs[value] } if @theirs.key?(value)

      case value
      when nil, true, false then value
      when Integer then value.abs < SAFE ? value : { int: value.to_s }
      when Float then value.finite? ? value : { float: value.nan? ? "nan" : value.positive? ? "inf" : "-inf" }
      when Symbol then value.name
      when Rational then { fraction: "#{value.numerator}/#{value.denominator}" }
      else encode_object(value)
      end
    end

    def decode(told)
      case told
      when Array then told.map { |item| decode(item) }
      when Hash then told.key?("ref") ? remote(told) : decode_object(*told.first)
      else told
      end
    end

    # An exception as the other side is told of it.
    def described(error)
      return { yours: @theirs[error] } if @theirs.key?(error)

      text = (error.message rescue "").to_s.scrub
      frames = BACKTRACE.bind_call(error) || []
      place = frames.reject { |frame| frame.match?(FOREIGN) || frame.include?("polycode_tested.rb") }.first
      kind = SHARED[error.class] || reference(error.class)
      told = { class: kind, args: [text], text:, of: reference(error)[:ref], name: error.class.name.to_s }
      told[:at] = place.delete_prefix("#{BOX}/")[/\A[^:]*:\d+/] if place
      told
    end

    # An exception of the other side, to be raised here.
    def exception(told)
      return @known[told["yours"]] if told.key?("yours")

      error = RuntimeError.new(told["text"].to_s)
      @theirs[error] = told["of"] if told["of"]
      error
    end

    private

    def encode_object(value)
      if value.instance_of?(String) then text(value)
      elsif value.instance_of?(Array) then value.map { |item| encode(item) }
      elsif value.instance_of?(Hash) then { map: value.map { |key, item| [encode(key), encode(item)] } }
      elsif value.instance_of?(Set) then { set: value.map { |item| encode(item) } }
      elsif value.instance_of?(Time) then { datetime: value.iso8601(6) }
      elsif value.instance_of?(Date) then { date: value.iso8601 }
      else reference(value)
      end
    end

    def text(value)
      utf8 = value.encode("UTF-8") rescue value
      is_text = utf8.encoding != Encoding::BINARY && utf8.valid_encoding?
      is_text ? utf8 : { bytes: value.unpack1("H*") }
    end

    # A number that stands for a value.
    def reference(value)
      ref = @numbers[value] ||= @known.size + 1
      @known[ref] = value
      told = { ref:, kind: "object", name: value.class.name.to_s }
      case value
      when Class
        told.update(kind: value <= Exception ? "error" : "class", name: value.name.to_s)
        told[:bases] = value.ancestors.drop(1).grep(Class).map { |kind| base(kind) } if value <= Exception
      when Method, Proc
        told.update(kind: "function", name: value.is_a?(Method) ? value.name.to_s : "proc")
      when String then told[:plain] = text(String.new(value))
      end
      told
    end

    def base(kind)
      return "object" unless kind <= Exception

      SHARED[kind] || reference(kind).slice(:ref, :kind, :name)
    end

    def decode_object(name, held)
      case name
      when "yours" then @known[held]
      when "map", "pairs" then held.to_h { |key, item| [decode(key), decode(item)] }
      when "tuple" then decode(held)
      when "set", "frozenset" then Set.new(decode(held))
      when "float" then { "nan" => Float::NAN, "inf" => Float::INFINITY, "-inf" => -Float::INFINITY }.fetch(held, -0.0)
      when "int" then Integer(held)
      when "decimal", "fraction" then Rational(held)
      when "date" then Date.iso8601(held)
      when "datetime" then Time.iso8601(held) rescue DateTime.iso8601(held).to_time
      when "bytes" then [held].pack("H*")
      when "undefined" then nil
      else held
      end
    end

    # A function of the tests; nothing else of theirs can be used.
    def remote(told)
      @remotes[told["ref"]] ||= begin
        made = proc { |*args, **named| ask(do: "call", of: { yours: told["ref"] }, args: args.map { |arg| encode(arg) }, **given(named)) }
        @theirs[made] = told["ref"]
        made
      end
    end

    def given(named)
      named.empty? ? {} : { named: named.to_h { |name, value| [name, encode(value)] } }
    end
  end

  # What tests can do with a value.
  module Operations
    PLAIN = {
      "add" => :+, "sub" => :-, "mul" => :*, "truediv" => :/, "mod" => :%, "pow" => :**, "and" => :&, "or" => :|, "xor" => :^,
      "lshift" => :<<, "rshift" => :>>, "eq" => :==, "lt" => :<, "le" => :<=, "gt" => :>, "ge" => :>=, "neg" => :-@,
      "pos" => :+@, "invert" => :~, "abs" => :abs, "divmod" => :divmod, "round" => :round, "getitem" => :[],
      "setitem" => :[]=, "delitem" => :delete, "contains" => :include?, "str" => :to_s, "repr" => :inspect,
      "isinstance" => :is_a?
    }.freeze

    def apply(name, value, *others)
      case name
      when *PLAIN.keys then sent(value, PLAIN[name], *others)
      when "floordiv" then (value / others.first).floor
      when "len" then sent(value, value.respond_to?(:size) ? :size : :length)
      when "bool" then value ? true : false
      when "int", "index" then Integer(value)
      when "float" then Float(value)
      when "iter" then Walk.new(sent(value, :each_entry).to_a, 0)
      when "reversed" then Walk.new(sent(value, :reverse_each).to_a, 0)
      when "step" then step(value)
      when "await" then value
      when "has" then !attribute(value, others.first).nil? rescue false
      when "keys" then value.instance_variables.map { |variable| variable.name.delete_prefix("@") }
      when "primitive" then others.first != "string" && value.respond_to?(:to_f) ? value.to_f : value.to_s
      when "format" then others.first == "" ? value.to_s : raise(TypeError, "an object of Ruby has no format '#{others.first}'")
      when /\A[ri](\w+)\z/ then apply_other_way(name, value, *others)
      else raise TypeError, "there is no #{name} of an object of Ruby"
      end
    end

    private

    def sent(value, method, *args)
      raise TypeError, "an object of #{value.class} has no `#{method}`" unless value.respond_to?(method)

      value.public_send(method, *args)
    end

    # `rsub` is `sub` with the sides exchanged, and `isub` is `sub`.
    def apply_other_way(name, value, other)
      plain = name[1..]
      return apply(plain, value, other) if name.start_with?("i")

      apply(plain, other, value)
    end

    def step(walk)
      return [] if walk.at >= walk.items.size

      walk.at += 1
      [walk.items[walk.at - 1]]
    end
  end

  # The program's end of the line.
  class Tested
    include Values
    include Operations

    PRINTED = []

    def initialize
      @heard = File.open("/dev/line", File::RDONLY)
      @told = File.open("/dev/line", File::WRONLY)
      @told.sync = true
      @known = {}
      @numbers, @theirs = {}.compare_by_identity, {}.compare_by_identity
      @remotes = {}
      # The methods of the top level that are not the program's.
      @before = Object.private_instance_methods(false)
      @constants = Object.constants
    end

    def work
      while (request = receive)
        serve(request)
      end
    end

    private

    def tell(message)
      @told.write("#{JSON.generate(message)}\n")
    end

    def receive
      line = @heard.gets
      line && JSON.parse(line, max_nesting: false)
    end

    # The value that the tests give; raises what they raised.
    def ask(message)
      tell(message)
      loop do
        answer = receive or raise "the tests have ended"
        raise exception(answer["raised"]) if answer.key?("raised")
        return decode(answer["value"]) unless answer.key?("do")

        serve(answer)
      end
    end

    def serve(request)
      tell(perform(request))
    rescue SystemExit, NoMemoryError
      raise
    rescue Exception => error
      tell({ raised: described(error) })
    end

    def perform(request)
      case request["do"]
      when "load" then { value: load_file(request["name"]) }
      when "get" then { value: encode(attribute(decode(request["of"]), request["name"])) }
      when "set"
        decode(request["of"]).public_send("#{request["name"]}=", decode(request["value"]))
        { value: nil }
      when "apply" then { value: encode(apply(request["name"], *request["args"].map { |arg| decode(arg) })) }
      when "names" then { value: names }
      when "printed" then { value: PRINTED.slice!(0..).join }
      else call(request)
      end
    end

    # All files of a program have one top level.
    def load_file(name)
      folder = File.dirname(ARGV.first)
      name = name.delete_suffix(".rb")
      found = [name, "#{folder}/#{name}"].map { |path| "#{path}.rb" }.find { |path| File.file?("#{BOX}/#{path}") }
      return reference(PROGRAM) if !found && File.directory?("#{BOX}/#{name}")
      raise LoadError, "the program has no file #{name}.rb" unless found

      path = "#{BOX}/#{found.delete_prefix("./")}"
      unless $LOADED_FEATURES.include?(path)
        $LOADED_FEATURES << path
        COMPILE.call(File.read(path, mode: "r:bom|utf-8"), found.delete_prefix("./"), path).eval
      end
      reference(PROGRAM)
    end

    # What has a name: a constant, the value that a reader gives, or a method; one whose name ends with
    # `?` or `!` is found without that.
    def attribute(of, name)
      raise absent(of, name) if name.start_with?("__")

      is_program = of.equal?(PROGRAM)
      place = is_program ? Object : of
      return place.const_get(name) if name.match?(/\A[A-Z]/) && place.is_a?(Module) && place.const_defined?(name)

      of = MAIN if is_program
      named = [name, "#{name}?", "#{name}!"].find { |known| is_program ? own?(known) : of.respond_to?(known) }
      raise absent(of, name) unless named

      method = of.method(named)
      reads?(of, method) ? method.call : method
    end

    def absent(of, name)
      what = of.equal?(PROGRAM) || of.equal?(MAIN) ? "the program" : "an object of #{of.class}"
      Absent.new("#{what} has no '#{name}'")
    end

    # Whether the program has defined a method at its top level.
    def own?(name)
      Object.private_method_defined?(name, false) && !@before.include?(name.to_sym)
    end

    # Whether all that a method does is to read a field.
    def reads?(of, method)
      return false unless method.arity.zero?
      return true if of.is_a?(Struct) && of.members.include?(method.name)
      return true if of.is_a?(Data) && of.class.members.include?(method.name)

      !method.source_location.nil? && RubyVM::InstructionSequence.of(method).nil?
    end

    def names
      methods = Object.private_instance_methods(false) - @before
      (methods + (Object.constants - @constants)).map(&:name)
    end

    def call(request)
      of = decode(request["of"])
      args = request["args"].map { |arg| decode(arg) }
      named = (request["named"] || {}).to_h { |name, value| [name.to_sym, decode(value)] }
      before = args.map { |arg| encode(arg) if open?(arg) }
      value = called(of, args, named)
      changed = args.each_index.filter_map do |at|
        now = before[at] && encode(args[at])
        [at, now] unless now == before[at]
      end
      { value: encode(value), **(changed.empty? ? {} : { changed: }) }
    end

    # What a function may change for its caller where it is an argument.
    def open?(arg)
      arg.instance_of?(Array) || arg.instance_of?(Hash) || arg.instance_of?(Set)
    end

    # A function that comes last and has no parameter is the block.
    def called(of, args, named)
      method = of.is_a?(Class) ? of.instance_method(:initialize) : of
      *others, last = args
      return create(of, args, named) unless last.is_a?(Proc) && method.respond_to?(:parameters)

      kinds = method.parameters.map(&:first)
      most = kinds.include?(:rest) ? Float::INFINITY : kinds.count { |kind| %i[req opt].include?(kind) }
      most < args.size ? create(of, others, named, &last) : create(of, args, named)
    end

    def create(of, args, named, &)
      of.is_a?(Class) ? of.new(*args, **named, &) : of.call(*args, **named, &)
    end
  end

  # What is printed is heard by tests, too.
  def STDOUT.write(*texts)
    Tested::PRINTED.concat(texts.map(&:to_s))
    super
  end
end

Polycode::Tested.new.work
