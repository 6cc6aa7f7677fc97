<?php
/*
 * The program that is tested: it does what tests ask for on the line.
 */

namespace Polycode\Tested;

/** The program itself, of which tests import what they name. */
final class Program
{
}

/** What the tests raised. */
final class Theirs extends \Exception
{
}

/** Values of the tests: of these a program gets what it can call. */
final class OfTests extends Values
{
    public function exception(object $told): \Throwable
    {
        if (isset($told->yours)) {
            return $this->known[$told->yours];
        }
        $thrown = new Theirs($told->text ?? '');
        $this->theirs[$thrown] = $told->of ?? 0;
        return $thrown;
    }

    /** A function of the tests; nothing else of theirs can be used. */
    protected function remote(object $told): \Closure
    {
        $number = $told->ref;
        if (!isset($this->remotes[$number])) {
            $call = fn (mixed ...$args): mixed => $this->decode($this->line->ask($this->request($number, $args))->value ?? null);
            $this->remotes[$number] = $call;
            $this->theirs[$call] = $number;
        }
        return $this->remotes[$number];
    }
}

/** What tests can do with a value. */
final class Operations
{
    public static function apply(string $name, mixed $value, mixed ...$others): mixed
    {
        $other = $others[0] ?? null;
        return match ($name) {
            'eq' => $value == $other,
            'lt' => $value < $other,
            'le' => $value <= $other,
            'gt' => $value > $other,
            'ge' => $value >= $other,
            'getitem' => $value[$other],
            'setitem' => self::put($value, ...$others),
            'delitem' => self::put($value, $other),
            'contains' => self::contains($value, $other),
            'len' => \count($value),
            'bool' => (bool) $value,
            'int', 'index' => (int) (string) $value,
            'float' => (float) (string) $value,
            'str' => (string) $value,
            'repr' => \method_exists($value, '__toString') ? (string) $value : \print_r($value, true),
            'iter' => self::iterator($value),
            'step' => self::step($value),
            'await' => $value,
            'isinstance' => $other instanceof Kind && $value instanceof $other->name,
            'has' => self::has($value, $other),
            'keys' => \array_keys(\get_object_vars($value)),
            'primitive' => (string) $value,
            default => throw new \TypeError("there is no $name of an object of PHP"),
        };
    }

    /** What has a name: a public property, or a method. */
    public static function attribute(object $of, string $name): mixed
    {
        if ($of instanceof Kind) {
            return self::ofClass($of->name, $name);
        }
        if (\array_key_exists($name, \get_object_vars($of)) || isset($of->$name)) {
            return $of->$name;
        }
        if (\is_callable([$of, $name])) {
            return \Closure::fromCallable([$of, $name]);
        }
        throw new Absent('an object of ' . $of::class . " has no '$name'");
    }

    private static function ofClass(string $class, string $name): mixed
    {
        if (\defined("$class::$name")) {
            return \constant("$class::$name");
        }
        if (\array_key_exists($name, \get_class_vars($class))) {
            return $class::$$name;
        }
        if (\is_callable([$class, $name])) {
            return \Closure::fromCallable([$class, $name]);
        }
        throw new Absent("the class $class has no '$name'");
    }

    private static function has(object $of, string $name): bool
    {
        return \property_exists($of, $name) || \method_exists($of, $name);
    }

    private static function put(\ArrayAccess $value, mixed $key, mixed ...$items): void
    {
        if ($items === []) {
            unset($value[$key]);
        } else {
            $value[$key] = $items[0];
        }
    }

    private static function contains(iterable $value, mixed $wanted): bool
    {
        foreach ($value as $item) {
            if ($item == $wanted) {
                return true;
            }
        }
        return false;
    }

    private static function iterator(mixed $value): \Iterator
    {
        $items = \is_array($value) ? new \ArrayIterator($value) : $value;
        while ($items instanceof \IteratorAggregate) {
            $items = $items->getIterator();
        }
        if (!$items instanceof \Iterator) {
            throw new \TypeError('an object of ' . $value::class . ' is not iterable');
        }
        $items->rewind();
        return $items;
    }

    private static function step(\Iterator $items): array
    {
        if (!$items->valid()) {
            return [];
        }
        $item = $items->current();
        $items->next();
        return [$item];
    }
}

/** The program's end of the line. */
final class Tested extends Line
{
    protected const GONE = 'the tests have ended';

    private Program $program;
    private string $printed = '';
    private array $before;

    public function __construct()
    {
        parent::__construct();
        $this->program = new Program();
        $this->before = $GLOBALS;
        // What is printed is heard by tests, too.
        \ob_start($this->hear(...), 1);
    }

    protected function values(): Values
    {
        return new OfTests($this);
    }

    private function hear(string $text): string
    {
        $this->printed .= $text;
        return $text;
    }

    /** The file that tests ask for by this name; for a folder this one, which was included before. */
    public function file(string $name): string
    {
        if (\is_dir("/box/$name")) {
            return __FILE__;
        }
        $name = \preg_replace('~\.php$~', '', $name) . '.php';
        foreach (['', \dirname($_SERVER['argv'][1]) . '/'] as $folder) {
            if (\is_file("/box/$folder$name")) {
                return \realpath("/box/$folder$name") ?: "/box/$folder$name";
            }
        }
        throw new \RuntimeException("the program has no file $name");
    }

    public function loaded(): array
    {
        return ['value' => $this->values->reference($this->program)];
    }

    protected function perform(object $request): array
    {
        $values = $this->values;
        switch ($request->do) {
            case 'load':
                include_once $this->file($request->name);
                return $this->loaded();
            case 'get':
                $of = $values->decode($request->of);
                $found = $of === $this->program ? $this->top($request->name) : Operations::attribute($of, $request->name);
                return ['value' => $values->encode($found)];
            case 'set':
                $values->decode($request->of)->{$request->name} = $values->decode($request->value);
                return ['value' => null];
            case 'apply':
                $args = \array_map($values->decode(...), $request->args);
                return ['value' => $values->encode(Operations::apply($request->name, ...$args))];
            case 'names':
                return ['value' => $this->names()];
            case 'printed':
                [$printed, $this->printed] = [$this->printed, ''];
                return ['value' => $values->encode($printed)];
            default:
                return $this->call($request);
        }
    }

    /** What has a name at the top of the program, in whatever namespace. */
    private function top(string $name): mixed
    {
        // Names of functions and classes are the same in whatever case, but may differ by it from each other.
        $functions = $this->functions();
        foreach ($functions as $known) {
            if (Values::short((new \ReflectionFunction($known))->getName()) === $name) {
                return \Closure::fromCallable($known);
            }
        }
        foreach ([...$this->classes(), $name] as $known) {
            if ($known === $name || \str_ends_with($known, "\\$name")) {
                if (\class_exists($known) || \interface_exists($known)) {
                    return $this->values->kind($known);
                }
            }
        }
        foreach ($functions as $known) {
            if (\strcasecmp(Values::short($known), $name) === 0) {
                return \Closure::fromCallable($known);
            }
        }
        if (\array_key_exists($name, $GLOBALS) && !\array_key_exists($name, $this->before)) {
            return $GLOBALS[$name];
        }
        return \defined($name) ? \constant($name) : throw new Absent("the program has no '$name'");
    }

    private function functions(): array
    {
        $names = \get_defined_functions()['user'];
        return \array_filter($names, fn ($name) => $this->isPrograms((new \ReflectionFunction($name))->getFileName()));
    }

    private function classes(): array
    {
        $names = [...\get_declared_classes(), ...\get_declared_interfaces()];
        return \array_filter($names, fn ($name) => $this->isPrograms((new \ReflectionClass($name))->getFileName()));
    }

    private function isPrograms(string|false $file): bool
    {
        return $file !== false && \str_starts_with($file, '/box/') && $file !== __FILE__;
    }

    private function names(): array
    {
        $functions = \array_map(fn (string $name): string => (new \ReflectionFunction($name))->getName(), $this->functions());
        return \array_map(Values::short(...), \array_values([...$functions, ...$this->classes()]));
    }

    private function call(object $request): array
    {
        $values = $this->values;
        $of = $values->decode($request->of);
        $args = \array_map($values->decode(...), $request->args);
        $named = isset($request->named) ? \array_map($values->decode(...), (array) $request->named) : [];
        $before = $args;
        $given = [];
        foreach (\array_keys($args) as $at) {
            // Parameters that are references change these.
            $given[$at] = &$args[$at];
        }
        $value = match (true) {
            $of instanceof Kind => new ($of->name)(...$given, ...$named),
            \is_callable($of) => $of(...$given, ...$named),
            default => throw new \TypeError('an object of ' . $of::class . ' can\'t be called'),
        };
        $answer = ['value' => $values->encode($value)];
        foreach ($before as $at => $was) {
            if ($args[$at] !== $was) {
                // Whatever is no list, nor a map, can be changed in tests in PHP alone.
                $answer[\is_array($was) ? 'changed' : 'exchanged'][] = [$at, $values->encode($args[$at])];
            }
        }
        return $answer;
    }
}

// Files are loaded here, where what they define at their top is global.
$GLOBALS['polycode'] = new Tested();
while (($GLOBALS['polycode_request'] = $GLOBALS['polycode']->receive()) !== null) {
    if ($GLOBALS['polycode_request']->do !== 'load') {
        $GLOBALS['polycode']->serve($GLOBALS['polycode_request']);
        continue;
    }
    try {
        include_once $GLOBALS['polycode']->file($GLOBALS['polycode_request']->name);
        $GLOBALS['polycode']->tell($GLOBALS['polycode']->loaded());
    } catch (\Throwable $polycode_thrown) {
        $GLOBALS['polycode']->tell(['raised' => $GLOBALS['polycode']->values->described($polycode_thrown)]);
    }
}
