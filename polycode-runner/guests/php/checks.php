<?php
/*
 * The checks of PHPUnit.
 */

namespace PHPUnit\Framework;

use Polycode\Tested\Remote;
use Polycode\Tested\Tests;

/** A check that does not hold. */
class AssertionFailedError extends \Exception
{
}

class ExpectationFailedException extends AssertionFailedError
{
}

/** How values compare. What a value of the program says of itself must not decide whether it is what is expected. */
final class Comparison
{
    public function __construct(private float $delta = 0.0, private bool $anyCase = false, private bool $anyOrder = false)
    {
    }

    public function equal(mixed $one, mixed $other): bool
    {
        if (Tests::isTheirs($one) || Tests::isTheirs($other)) {
            return Tests::isTheirs($one) && Tests::isTheirs($other)
                && ($one === $other || (bool) Tests::line()->apply('eq', $one, $other));
        }
        return match (true) {
            \is_array($one) && \is_array($other) => $this->equalArrays($one, $other),
            \is_array($one), \is_array($other) => false,
            $one instanceof \DateTimeInterface && $other instanceof \DateTimeInterface => $one == $other,
            $one instanceof \Closure, $one instanceof \UnitEnum => $one === $other,
            \is_object($one) && \is_object($other) => $one === $other
                || ($one::class === $other::class && $this->equalArrays((array) $one, (array) $other)),
            \is_object($one), \is_object($other) => false,
            \is_string($one), \is_string($other) => $this->equalTexts($one, $other),
            $this->delta > 0.0 && \is_numeric($one) && \is_numeric($other) => \abs($one - $other) <= $this->delta,
            default => $one == $other,
        };
    }

    private function equalTexts(mixed $one, mixed $other): bool
    {
        if (\is_bool($one) || \is_bool($other) || $one === null || $other === null) {
            return $one == $other;
        }
        if (!\is_string($one) || !\is_string($other)) {
            return \is_numeric($one) && \is_numeric($other) && \abs($one - $other) <= $this->delta;
        }
        return $this->anyCase ? \mb_strtolower($one) === \mb_strtolower($other) : $one === $other;
    }

    private function equalArrays(array $one, array $other): bool
    {
        if ($this->anyOrder) {
            \sort($one);
            \sort($other);
        }
        if (\count($one) !== \count($other)) {
            return false;
        }
        foreach ($one as $key => $item) {
            if (!\array_key_exists($key, $other) || !$this->equal($item, $other[$key])) {
                return false;
            }
        }
        return true;
    }
}

/** What is asked of values. */
abstract class Assert
{
    private static array $checks = [];

    public static function __callStatic(string $name, array $args): mixed
    {
        return self::check($name, $args);
    }

    public function __call(string $name, array $args): mixed
    {
        return self::check($name, $args);
    }

    public static function fail(string $message = 'it fails'): never
    {
        throw new AssertionFailedError($message);
    }

    public static function markTestSkipped(string $message = ''): never
    {
        self::fail("the test was not run to its end: $message");
    }

    public static function markTestIncomplete(string $message = ''): never
    {
        self::markTestSkipped($message);
    }

    /**
     * Each check and its opposite, with what they say of the values that do not pass. A check that can't be made of a
     * value gives null, and neither passes.
     */
    private static function checks(): array
    {
        $plain = new Comparison();
        $text = fn (callable $holds): \Closure => fn (string $part, mixed $text): ?bool => \is_string($text) ? $holds($text, $part) : null;
        $is = fn (string $type): \Closure => fn (mixed $value): bool => ("is_$type")($value);
        $order = fn (string $name, callable $holds): \Closure => fn (mixed $bound, mixed $value): bool
            => Tests::isTheirs($bound) || Tests::isTheirs($value) ? (bool) Tests::line()->apply($name, $value, $bound) : $holds($value, $bound);
        $lower = \mb_strtolower(...);
        $checks = [
            'Same NotSame' => ['%s expected, not %s', fn (mixed $one, mixed $other): bool => $one === $other],
            'Equals NotEquals' => ['%s expected, not %s', $plain->equal(...)],
            'EqualsWithDelta NotEqualsWithDelta' => [
                '%s expected, not %s; they may differ by %s',
                fn (mixed $one, mixed $other, float $delta): bool => (new Comparison(delta: $delta))->equal($one, $other),
            ],
            'EqualsIgnoringCase NotEqualsIgnoringCase' => ['%s expected, not %s', (new Comparison(anyCase: true))->equal(...)],
            'EqualsCanonicalizing NotEqualsCanonicalizing' => ['%s expected, not %s', (new Comparison(anyOrder: true))->equal(...)],
            'True NotTrue' => ['%s is not true', fn (mixed $value): bool => $value === true],
            'False NotFalse' => ['%s is not false', fn (mixed $value): bool => $value === false],
            'Null NotNull' => ['%s is not null', fn (mixed $value): bool => $value === null],
            'Empty NotEmpty' => ['%s is not empty', fn (mixed $value): bool => $value instanceof \Countable ? \count($value) === 0 : !$value],
            'Count NotCount' => [
                '%s expected of %s',
                fn (int $count, mixed $all): ?bool => \is_iterable($all) || \is_countable($all) ? self::size($all) === $count : null,
            ],
            'SameSize NotSameSize' => ['as many as of %s expected of %s', fn (iterable $one, mixed $other): ?bool => \is_iterable($other) ? self::size($one) === self::size($other) : null],
            'Contains NotContains' => ['%s is not in %s', fn (mixed $one, mixed $all): ?bool => self::any($all, fn (mixed $item): bool => $item === $one)],
            'ContainsEquals NotContainsEquals' => ['%s is not in %s', fn (mixed $one, mixed $all): ?bool => self::any($all, fn (mixed $item): bool => $plain->equal($one, $item))],
            'ContainsOnlyInstancesOf' => [
                'not only %s are in %s',
                fn (string $class, mixed $all): ?bool => ($others = self::any($all, fn (mixed $item): bool => !self::isInstance($class, $item))) === null ? null : !$others,
            ],
            'ArrayHasKey ArrayNotHasKey' => [
                'there is no key %s in %s',
                fn (int|string $key, mixed $all): ?bool => \is_array($all) ? \array_key_exists($key, $all) : ($all instanceof \ArrayAccess ? $all->offsetExists($key) : null),
            ],
            'ObjectHasProperty ObjectNotHasProperty' => [
                'there is no property %s of %s',
                fn (string $name, object $of): bool => Tests::isTheirs($of) ? (bool) Tests::line()->apply('has', $of, $name) : \property_exists($of, $name),
            ],
            'InstanceOf NotInstanceOf' => ['no %s is %s', self::isInstance(...)],
            'GreaterThan' => ['no more than %s is %s', $order('gt', fn (mixed $one, mixed $other): bool => $one > $other)],
            'GreaterThanOrEqual' => ['less than %s is %s', $order('ge', fn (mixed $one, mixed $other): bool => $one >= $other)],
            'LessThan' => ['no less than %s is %s', $order('lt', fn (mixed $one, mixed $other): bool => $one < $other)],
            'LessThanOrEqual' => ['more than %s is %s', $order('le', fn (mixed $one, mixed $other): bool => $one <= $other)],
            'MatchesRegularExpression DoesNotMatchRegularExpression' => [
                '%s is not matched by %s',
                $text(fn (string $text, string $pattern): ?bool => ($found = \preg_match($pattern, $text)) === false ? null : $found === 1),
            ],
            'StringContainsString StringNotContainsString' => ['%s is not in %s', $text(\str_contains(...))],
            'StringContainsStringIgnoringCase StringNotContainsStringIgnoringCase' => [
                '%s is not in %s',
                $text(fn (string $text, string $part): bool => \str_contains($lower($text), $lower($part))),
            ],
            'StringStartsWith StringStartsNotWith' => ['%s does not begin %s', $text(\str_starts_with(...))],
            'StringEndsWith StringEndsNotWith' => ['%s does not end %s', $text(\str_ends_with(...))],
            'Json' => ['%s is not JSON', fn (mixed $text): bool => \is_string($text) && self::json($text) !== null],
            'JsonStringEqualsJsonString JsonStringNotEqualsJsonString' => [
                '%s expected, not %s',
                fn (string $one, mixed $other): ?bool => ($told = \is_string($other) ? self::json($other) : null) === null ? null : self::json($one) == $told,
            ],
            'Nan' => ['%s is a number', fn (mixed $value): bool => \is_float($value) && \is_nan($value)],
            'Infinite Finite' => ['%s is finite', fn (mixed $value): ?bool => \is_float($value) || \is_int($value) ? \is_infinite($value) : null],
            'IsList' => ['%s is no list', fn (mixed $value): bool => \is_array($value) && \array_is_list($value)],
        ];
        foreach (['array', 'bool', 'callable', 'float', 'int', 'iterable', 'numeric', 'object', 'scalar', 'string'] as $type) {
            $name = \ucfirst($type);
            $checks["Is$name IsNot$name"] = ["%s is not of the type $type", $is($type)];
        }
        return $checks;
    }

    private static function check(string $name, array $args): void
    {
        if (self::$checks === []) {
            foreach (self::checks() as $names => [$words, $holds]) {
                foreach (\explode(' ', $names) as $at => $one) {
                    self::$checks["assert$one"] = [$at === 0, $words, $holds];
                }
            }
        }
        [$wanted, $words, $holds] = self::$checks[$name] ?? throw new \BadMethodCallException("there is no $name");
        $values = (new \ReflectionFunction($holds))->getNumberOfParameters();
        $message = $args[$values] ?? '';
        $args = \array_slice($args, 0, $values);
        if ($holds(...$args) !== $wanted) {
            $shown = \array_map(self::shown(...), $args);
            $said = $wanted ? \vsprintf($words, $shown) : \lcfirst(\substr($name, 6)) . ' does not hold of ' . \implode(' and ', $shown);
            throw new ExpectationFailedException($message === '' ? $said : "$message: $said");
        }
    }

    private static function isInstance(string $class, mixed $value): bool
    {
        if (!\class_exists($class) && !\interface_exists($class)) {
            self::fail("there is no class $class");
        }
        return $value instanceof $class || (Tests::isTheirs($value) && Tests::line()->isInstance($value, $class));
    }

    private static function size(iterable|\Countable $all): int
    {
        return \is_countable($all) ? \count($all) : \iterator_count($all);
    }

    private static function any(mixed $all, \Closure $is): ?bool
    {
        if (!\is_iterable($all)) {
            return null;
        }
        foreach ($all as $item) {
            if ($is($item)) {
                return true;
            }
        }
        return false;
    }

    /** What a text says, in a list so that a null is told from nothing. */
    private static function json(string $text): ?array
    {
        $value = \json_decode($text, true);
        return \json_last_error() === JSON_ERROR_NONE ? [$value] : null;
    }

    private static function shown(mixed $value): string
    {
        $text = match (true) {
            $value instanceof Remote => Tests::line()->apply('repr', $value) . ' of the program',
            \is_object($value) => $value instanceof \UnitEnum ? $value::class . "::$value->name" : 'an object of ' . $value::class,
            default => (string) \json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR),
        };
        return \mb_strlen($text) > 200 ? \mb_substr($text, 0, 200) . '…' : $text;
    }
}
