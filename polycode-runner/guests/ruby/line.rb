# The line between tests and the program that they test, as `line.py` is for Python: values, calls and
# exceptions as JSON.
#
# Functions of a program's top level are methods of `Object`, so nothing of what is here is one.

require "date"
require "json"
require "set"
require "time"

module Polycode
  # Something that the program does not have.
  class Absent < NameError
  end

  # The other side has ended.
  class Gone < Exception
  end

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
      place = frames.reject { |frame| frame.match?(FOREIGN) || frame.include?($0) }.first
      kind = SHARED[error.class] || reference(error.class)
      told = { class: kind, args: [text], text:, of: reference(error)[:ref], name: error.class.name.to_s }
      told[:at] = place.delete_prefix("#{BOX}/")[/\A[^:]*:\d+/] if place
      told
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
      when Module then told.update(kind: "class", name: value.name.to_s)
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

    def given(named)
      named.empty? ? {} : { named: named.to_h { |name, value| [name, encode(value)] } }
    end
  end

  # One end of the line.
  class Line
    include Values

    def initialize
      @heard = File.open("/dev/line", File::RDONLY)
      @told = File.open("/dev/line", File::WRONLY)
      @told.sync = true
      @known = {}
      @numbers, @theirs = {}.compare_by_identity, {}.compare_by_identity
      @remotes = {}
    end

    # What the other side answers; raises what it raised.
    def ask(message)
      tell(message)
      loop do
        answer = receive or raise Gone, "the program ended before the test did"
        raise exception(answer["raised"]) if answer.key?("raised")
        return answer unless answer.key?("do")

        serve(answer)
      end
    end

    def value(message)
      decode(ask(message)["value"])
    end

    def tell(message)
      @told.write("#{JSON.generate(message)}\n")
    end

    def receive
      line = @heard.gets
      line && JSON.parse(line, max_nesting: false)
    end

    def serve(request)
      tell(perform(request))
    rescue SystemExit, NoMemoryError, Gone
      raise
    rescue Exception => error
      tell({ raised: described(error) })
    end
  end
end
