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

/** What the tests raised. */
final class Theirs extends \Exception
{
    public function __construct(public readonly int $number, string $words)
    {
        parent::__construct($words);
    }
}

/** Values as they cross the line. */
final class Values
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

    private array $known = [];
    private array $kinds = [];
    private array $functions = [];
    private \WeakMap $numbers;
    private \WeakMap $theirs;

    public function __construct(private Line $line)
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
            return $this->remote($told->ref);
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

    /** A number that stands for an object. */
    public function reference(object $value): array
    {
        $number = $this->numbers[$value] ?? \count($this->known) + 1;
        $this->known[$number] = $value;
        $this->numbers[$value] = $number;
        $told = ['ref' => $number, 'kind' => 'object', 'name' => self::short($value::class)];
        if ($value instanceof Kind) {
            $is_error = \is_subclass_of($value->name, \Throwable::class);
            $told = ['kind' => $is_error ? 'error' : 'class', 'name' => self::short($value->name)] + $told;
            if ($is_error) {
                $told['bases'] = \array_map($this->base(...), \array_values(\class_parents($value->name)));
            }
        } elseif ($value instanceof \Closure) {
            $told = ['kind' => 'function', 'name' => (new \ReflectionFunction($value))->getShortName()] + $told;
        }
        return $told;
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
        if ($thrown instanceof Theirs) {
            return ['yours' => $thrown->number];
        }
        $words = $this->text($thrown->getMessage());
        $class = self::SHARED[$thrown::class] ?? $this->reference($this->kind($thrown::class));
        $told = [
            'class' => $class,
            'args' => [$words],
            'text' => $words,
            'of' => $this->reference($thrown)['ref'],
            'name' => self::short($thrown::class),
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
    public function exception(object $told): \Throwable
    {
        return isset($told->yours) ? $this->known[$told->yours] : new Theirs($told->of ?? 0, $told->text ?? '');
    }

    private function base(string $name): mixed
    {
        $kind = \array_diff_key($this->reference($this->kind($name)), ['bases' => 0]);
        return self::SHARED[$name] ?? $kind;
    }

    private static function short(string $name): string
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

    /** A function of the tests; nothing else of theirs can be used. */
    private function remote(int $number): \Closure
    {
        if (!isset($this->functions[$number])) {
            $call = function (mixed ...$args) use ($number): mixed {
                [$given, $named] = [[], []];
                foreach ($args as $key => $arg) {
                    \is_int($key) ? $given[] = $this->encode($arg) : $named[$key] = $this->encode($arg);
                }
                $request = ['do' => 'call', 'of' => ['yours' => $number], 'args' => $given];
                return $this->line->ask($named === [] ? $request : $request + ['named' => $named]);
            };
            $this->functions[$number] = $call;
            $this->theirs[$call] = $number;
        }
        return $this->functions[$number];
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
        $this->values = new Values($this);
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

    /** The value that the other side gives; throws what it raised. */
    public function ask(array $message): mixed
    {
        $this->tell($message);
        while (($answer = $this->receive()) !== null) {
            if (isset($answer->raised)) {
                throw $this->values->exception($answer->raised);
            }
            if (!isset($answer->do)) {
                return $this->values->decode($answer->value ?? null);
            }
            $this->serve($answer);
        }
        throw new \RuntimeException('the tests have ended');
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

    abstract protected function perform(object $request): array;
}
