<?php
/*
 * The tests: they are listed, or one of them is run.
 */

namespace Polycode\Tested;

use PHPUnit\Framework\AssertionFailedError;
use PHPUnit\Framework\TestCase;

/** A test: a method of a class, and what it is given. */
final class Test
{
    public function __construct(public readonly \ReflectionClass $class, public readonly string $method, private array $args)
    {
    }

    /** Does what comes before it, the test, and what comes after; gives what it returns. */
    public function run(): mixed
    {
        $class = $this->class->getName();
        $class::setUpBeforeClass();
        \array_map(fn (string $step) => $class::$step(), self::marked($this->class, 'BeforeClass'));
        try {
            $steps = [self::marked($this->class, 'Before'), self::marked($this->class, 'After')];
            return $this->class->newInstance()->perform($this->method, [...$this->args, ...$this->needed()], ...$steps);
        } finally {
            \array_map(fn (string $step) => $class::$step(), self::marked($this->class, 'AfterClass'));
            $class::tearDownAfterClass();
        }
    }

    /** The tests of a class by their names. */
    public static function of(\ReflectionClass $class): array
    {
        $tests = [];
        foreach ($class->getMethods(\ReflectionMethod::IS_PUBLIC) as $method) {
            if (\str_starts_with($method->name, 'test') || Marks::of($method, 'Test') !== []) {
                $name = Values::short($class->getName()) . "::$method->name";
                foreach (self::sets($class, $method) as $set => $args) {
                    $tests[$name . $set] = new self($class, $method->name, $args);
                }
            }
        }
        return $tests;
    }

    /** What the test is given, by what its name says of that. */
    private static function sets(\ReflectionClass $class, \ReflectionMethod $method): array
    {
        $sets = \array_map(fn (array $args) => $args[0], Marks::of($method, 'TestWith'));
        foreach (Marks::of($method, 'DataProvider') as [$provider]) {
            $given = $class->getMethod($provider);
            $given = $given->invoke($given->isStatic() ? null : $class->newInstance());
            foreach ($given as $name => $args) {
                \is_int($name) ? $sets[] = $args : $sets[$name] = $args;
            }
        }
        if ($sets === []) {
            return $method->getNumberOfRequiredParameters() > 0 && Marks::of($method, 'Depends') === []
                ? throw new \LogicException("$method->class::$method->name is given nothing")
                : ['' => []];
        }
        $named = [];
        foreach ($sets as $name => $args) {
            $named[\is_int($name) ? " with data set #$name" : " with data set \"$name\""] = \is_array($args) ? $args : [$args];
        }
        return $named;
    }

    /** What the tests return that this one depends on. */
    private function needed(): array
    {
        $values = [];
        foreach (Marks::of($this->class->getMethod($this->method), 'Depends') as [$other]) {
            $values[] = (new self($this->class, $other, []))->run();
        }
        return $values;
    }

    private static function marked(\ReflectionClass $class, string $mark): array
    {
        $has = fn (\ReflectionMethod $method): bool => Marks::of($method, $mark) !== [];
        return \array_map(fn (\ReflectionMethod $method): string => $method->name, \array_filter($class->getMethods(), $has));
    }
}

/** What is said of a test beside it: as an attribute of PHPUnit, or in its comment. */
final class Marks
{
    private const NAMESPACE = 'PHPUnit\Framework\Attributes\\';

    /** What each mark of a name says. */
    public static function of(\ReflectionMethod $method, string $name): array
    {
        $said = [];
        foreach ($method->getAttributes() as $attribute) {
            if (\strcasecmp($attribute->getName(), self::NAMESPACE . $name) === 0) {
                $said[] = $attribute->getArguments();
            }
        }
        \preg_match_all('~^\s*/?\*+\s*@' . \lcfirst($name) . '(?:\s+(\S[^\n]*?))?\s*(?:\*/)?\s*$~m', (string) $method->getDocComment(), $found);
        foreach ($found[1] as $words) {
            $said[] = [$name === 'TestWith' ? \json_decode($words, true) : $words];
        }
        return $said;
    }
}

/** A file of tests. */
final class Suite
{
    /** Runs one test, or tells which there are. */
    public static function begin(string $entry, ?string $name): array|string
    {
        \spl_autoload_register(self::autoload(...));
        if ($name === null) {
            return \array_keys(self::found($entry));
        }
        $line = new Tests();
        try {
            self::found($entry)[$name]->run();
            $failed = null;
        } catch (\Throwable $thrown) {
            $failed = $thrown;
        }
        $failed = $line->broken ?? $failed;
        return $failed === null ? 'passed' : ['failed' => self::why($failed, $line)];
    }

    private static function autoload(string $class): void
    {
        if (!\str_starts_with($class, 'PHPUnit\\')) {
            Tests::line()->names->load($class);
        }
    }

    private static function found(string $entry): array
    {
        require_once Sources::ready("/box/$entry");
        $tests = [];
        foreach (\get_declared_classes() as $name) {
            $class = new \ReflectionClass($name);
            if ($class->isSubclassOf(TestCase::class) && $class->isInstantiable()) {
                foreach (Test::of($class) as $test => $run) {
                    isset($tests[$test]) ? throw new \LogicException("two tests are called $test") : $tests[$test] = $run;
                }
            }
        }
        return $tests;
    }

    /** What made a test fail, in a few words. */
    private static function why(\Throwable $thrown, Tests $line): string
    {
        $words = $thrown->getMessage();
        if (!$thrown instanceof AssertionFailedError) {
            $words = Values::short($thrown::class) . ": $words";
        }
        $place = $line->values->place($thrown);
        if ($place !== null) {
            return "$words ($place)";
        }
        foreach ([['file' => $thrown->getFile(), 'line' => $thrown->getLine()], ...$thrown->getTrace()] as $frame) {
            $file = $frame['file'] ?? '';
            if (\str_starts_with($file, '/box/') && !\str_starts_with($file, __FILE__)) {
                return \substr($file, 5) . ":{$frame['line']}: $words";
            }
        }
        return $words;
    }
}

// What is only warned of fails a test.
\set_error_handler(function (int $kind, string $words, string $file, int $line): bool {
    return \error_reporting() & $kind & ~(E_DEPRECATED | E_USER_DEPRECATED) ? throw new \ErrorException($words, 0, $kind, $file, $line) : false;
});
\file_put_contents('/run/answer', \json_encode(Suite::begin($argv[1], $argv[2] ?? null), JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR));
