<?php
/*
 * The line between tests and a program in PHP that they test, as `line.py` is for Python: values, calls and
 * exceptions as JSON.
 */

namespace Polycode\Tested;

/** Something that the program does not have. */
final class Absent extends \Exception
{
}

/** A class of the program. */
final class Kind
{
    public function __construct(public readonly string $name)
    {
    }
}

/** Values as they cross the line. */
abstract class Values
{
    /** Exceptions that are called the same, or nearly, in Python. */
    private const SHARED = [
        Absent::class => 'AttributeError',
        \ArithmeticError::class => 'ArithmeticError',
        \Error::class => 'Exception',
        \Exception::class => 'Exception',
        \TypeError::class => 'TypeError',
        \ValueError::class => 'ValueError',
    ];

    protected array $known = [];
    /** What the other side gave, by the number that it has there; and the numbers. */
    protected array $remotes = [];
    protected \WeakMap $theirs;
    private array $kinds = [];
    private \WeakMap $numbers;

    public function __construct(protected Line $line)
    {
        $this->numbers = new \WeakMap();
        $this->theirs = new \WeakMap();
    }

    public function encode(mixed $value): mixed
    {
        return match (true) {
            $value === null, \is_bool($value), \is_int($value) => $value,
            \is_float($value) => $this->number($value),
            \is_string($value) => $this->text($value),
            \is_array($value) => $this->list($value),
            isset($this->theirs[$value]) => ['yours' => $this->theirs[$value]],
            $value::class === \stdClass::class => $this->list((array) $value, true),
            $value instanceof \DateTimeInterface => ['datetime' => $value->format('Y-m-d\TH:i:s.uP')],
            default => $this->reference($value),
        };
    }

    public function decode(mixed $told): mixed
    {
        if (\is_array($told)) {
            return \array_map($this->decode(...), $told);
        }
        if (!\is_object($told)) {
            return $told;
        }
        if (isset($told->ref)) {
            return $this->remote($told);
        }
        [$name, $held] = [\array_key_first((array) $told), \current((array) $told)];
        return match ($name) {
            'yours' => $this->known[$held],
            'map', 'pairs' => $this->map($held),
            'tuple', 'set', 'frozenset' => $this->decode($held),
            'float' => match ($held) {
                'nan' => NAN,
                'inf' => INF,
                '-inf' => -INF,
                default => -0.0,
            },
            'int' => (float) $held,
            'date', 'datetime' => new \DateTimeImmutable($held),
            'bytes' => \hex2bin($held),
            'undefined' => null,
            default => $held,
        };
    }

    /** What the other side was given by a number. */
    public function given(int $number): mixed
    {
        return $this->known[$number] ?? null;
    }

    /** Asks for a call of what has this number on the other side. */
    public function request(int $number, array $args): array
    {
        [$given, $named] = [[], []];
        foreach ($args as $key => $arg) {
            \is_int($key) ? $given[] = $this->encode($arg) : $named[$key] = $this->encode($arg);
        }
        $request = ['do' => 'call', 'of' => ['yours' => $number], 'args' => $given];
        return $named === [] ? $request : $request + ['named' => $named];
    }

    /** A number that stands for an object. */
    public function reference(object $value): array
    {
        $number = $this->numbers[$value] ?? \count($this->known) + 1;
        $this->known[$number] = $value;
        $this->numbers[$value] = $number;
        $told = match (true) {
            $value instanceof Kind => $this->toldOfKind($value->name),
            $value instanceof \Closure => $this->toldOfFunction(new \ReflectionFunction($value)),
            $value instanceof \UnitEnum => ['kind' => 'object', 'name' => self::short($value::class), 'case' => $value->name],
            default => ['kind' => 'object', 'name' => self::short($value::class)],
        };
        return ['ref' => $number] + $told;
    }

    /** A class; what only tests in PHP use of it is by itself. */
    private function toldOfKind(string $name): array
    {
        $class = new \ReflectionClass($name);
        $is_error = $class->implementsInterface(\Throwable::class);
        $told = ['kind' => $is_error ? 'error' : 'class', 'name' => self::short($name)];
        if ($is_error) {
            $told['bases'] = \array_map($this->base(...), \array_values(\class_parents($name)));
        }
        $own = [
            'is' => $class->isEnum() ? 'enum' : ($class->isInterface() ? 'interface' : 'class'),
            'above' => \array_map(self::short(...), \array_values(self::above($class))),
            'constants' => ['map' => $this->constants($class)],
        ];
        if ($class->isEnum()) {
            $cases = fn (\UnitEnum $case): array => [$case->name, $case instanceof \BackedEnum ? $case->value : null];
            $own['cases'] = \array_map($cases, $name::cases());
        }
        return $told + ['php' => $own];
    }

    /** The classes and interfaces that it comes from, and no others do. */
    private static function above(\ReflectionClass $class): array
    {
        $parent = $class->getParentClass();
        $all = $class->getInterfaceNames();
        $others = \array_merge($parent ? $parent->getInterfaceNames() : [], ...\array_map('class_implements', $all));
        return [...($parent ? [$parent->getName()] : []), ...\array_diff($all, $others)];
    }

    private function constants(\ReflectionClass $class): array
    {
        $told = [];
        foreach ($class->getReflectionConstants() as $constant) {
            $value = $constant->getValue();
            $is_plain = $value === null || \is_scalar($value) || \is_array($value);
            if ($constant->isPublic() && $is_plain && !$constant->isEnumCase()) {
                $told[] = [$constant->getName(), $this->encode($value)];
            }
        }
        return $told;
    }

    /** A function; tests in PHP hand over what it takes by reference as such. */
    private function toldOfFunction(\ReflectionFunction $function): array
    {
        $told = ['kind' => 'function', 'name' => $function->getShortName()];
        $references = fn (\ReflectionParameter $parameter): bool => $parameter->isPassedByReference();
        $changed = \array_keys(\array_filter($function->getParameters(), $references));
        return $told + ($changed === [] ? [] : ['php' => ['changes' => $changed]]);
    }

    /** A class, always the same object for one. */
    public function kind(string $name): Kind
    {
        $name = (new \ReflectionClass($name))->getName();
        return $this->kinds[$name] ??= new Kind($name);
    }

    /** An exception as the other side is told of it. */
    public function described(\Throwable $thrown): array
    {
        if (isset($this->theirs[$thrown])) {
            return ['yours' => $this->theirs[$thrown]];
        }
        $words = $this->text($thrown->getMessage());
        $class = self::SHARED[$thrown::class] ?? $this->reference($this->kind($thrown::class));
        $told = [
            'class' => $class,
            'args' => [$words],
            'text' => $words,
            'of' => $this->reference($thrown)['ref'],
            'name' => self::short($thrown::class),
            'code' => (int) $thrown->getCode(),
        ];
        foreach ([['file' => $thrown->getFile(), 'line' => $thrown->getLine()], ...$thrown->getTrace()] as $frame) {
            $file = $frame['file'] ?? '';
            if (\str_starts_with($file, '/box/') && $file !== __FILE__) {
                $told['at'] = \substr($file, 5) . ':' . $frame['line'];
                break;
            }
        }
        return $told;
    }

    /** An exception of the other side, to be thrown here. */
    abstract public function exception(object $told): \Throwable;

    /** What stands here for a value of the other side. */
    abstract protected function remote(object $told): mixed;

    private function base(string $name): mixed
    {
        $kind = \array_diff_key($this->reference($this->kind($name)), ['bases' => 0]);
        return self::SHARED[$name] ?? $kind;
    }

    /** A name without its namespace. */
    public static function short(string $name): string
    {
        return \substr(\strrchr("\\$name", '\\'), 1);
    }

    private function number(float $value): mixed
    {
        return match (true) {
            \is_nan($value) => ['float' => 'nan'],
            \is_infinite($value) => ['float' => $value > 0 ? 'inf' : '-inf'],
            default => $value,
        };
    }

    private function text(string $value): mixed
    {
        return \mb_check_encoding($value, 'UTF-8') ? $value : ['bytes' => \bin2hex($value)];
    }

    private function list(array $value, bool $is_map = false): array
    {
        if (\array_is_list($value) && !$is_map) {
            return \array_map($this->encode(...), $value);
        }
        $pairs = [];
        foreach ($value as $key => $item) {
            $pairs[] = [$this->encode($key), $this->encode($item)];
        }
        return ['map' => $pairs];
    }

    private function map(array $pairs): array
    {
        $map = [];
        foreach ($pairs as [$key, $item]) {
            $map[$this->decode($key)] = $this->decode($item);
        }
        return $map;
    }
}

/** One end of the line. */
abstract class Line
{
    private const FLAGS = JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION | JSON_UNESCAPED_UNICODE;

    public readonly Values $values;
    private $heard;
    private $told;

    public function __construct()
    {
        $this->heard = \fopen('/dev/line', 'r');
        $this->told = \fopen('/dev/line', 'a');
        $this->values = $this->values();
    }

    public function receive(): ?object
    {
        $line = \fgets($this->heard);
        return $line === false ? null : \json_decode($line, false, 10_000, JSON_THROW_ON_ERROR);
    }

    public function tell(array $message): void
    {
        \fwrite($this->told, \json_encode($message, self::FLAGS) . "\n");
    }

    /** What the other side answers; throws what it raised. */
    public function ask(array $message): object
    {
        $this->tell($message);
        while (($answer = $this->receive()) !== null) {
            if (isset($answer->raised)) {
                throw $this->values->exception($answer->raised);
            }
            if (!isset($answer->do)) {
                return $answer;
            }
            $this->serve($answer);
        }
        throw new \RuntimeException(static::GONE);
    }

    public function serve(object $request): void
    {
        try {
            $answer = $this->perform($request);
        } catch (\Throwable $thrown) {
            $answer = ['raised' => $this->values->described($thrown)];
        }
        $this->tell($answer);
    }

    abstract protected function values(): Values;

    abstract protected function perform(object $request): array;
}
