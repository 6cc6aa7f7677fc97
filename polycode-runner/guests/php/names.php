<?php
/*
 * Names of the program in its tests: its functions, classes and constants are declared there, and ask the program.
 */

namespace Polycode\Tested;

final class Names
{
    private const NAME = '/\A[A-Za-z_\x80-\xff][\w\x80-\xff]*\z/';
    /** What exceptions of other languages are in PHP. */
    private const PARENTS = [
        'AttributeError' => \Error::class,
        'IndexError' => \OutOfBoundsException::class,
        'KeyError' => \OutOfBoundsException::class,
        'NotImplementedError' => \BadMethodCallException::class,
        'RangeError' => \RangeException::class,
        'RuntimeError' => \RuntimeException::class,
        'SyntaxError' => \ParseError::class,
        'ZeroDivisionError' => \DivisionByZeroError::class,
    ];

    /** Names of types, which no class can have. */
    private const RESERVED = [
        'bool', 'false', 'float', 'int', 'iterable', 'mixed', 'never', 'null', 'object', 'parent', 'self', 'static', 'string', 'true',
        'void',
    ];

    /** Names that the tests' files mention with a namespace, and in which namespaces these are. */
    private static array $mentioned = [];
    private static array $namespaces = [];
    /** Names that the program was asked for. */
    private array $asked = [];
    /** What was told of each class that is declared here, by its name; and the names by their numbers. */
    private array $told = [];
    private array $names = [];
    private array $functions = [];

    public function __construct(private Tests $line)
    {
    }

    public static function mention(string $name): void
    {
        self::$mentioned[\strtolower(Values::short($name))][] = $name;
    }

    public static function within(string $namespace): void
    {
        self::$namespaces[] = $namespace;
    }

    /** Declares what a file of the program has. What the tests have already stays theirs. */
    public function declare(array $names): void
    {
        foreach ($names as $name) {
            if (\is_string($name) && \preg_match(self::NAME, $name) && !isset($this->asked[$name])) {
                $this->asked[$name] = true;
                $this->declareAs($name, $this->line->find($name));
            }
        }
    }

    /** A class that tests name: whether the program has it. */
    public function load(string $name): void
    {
        $short = Values::short($name);
        if (!\preg_match(self::NAME, $short)) {
            return;
        }
        if (!isset($this->told[\strtolower($short)])) {
            $this->declareAsClass($short, $this->line->find($short) ?? $this->inFileOf($name));
        }
        $this->alias($short, $name);
    }

    /** The same where its file was not asked for: it is called as the class is (PSR-4). */
    private function inFileOf(string $class): mixed
    {
        $path = \str_replace('\\', '/', $class);
        $tails = [$path];
        while (($path = \substr((string) \strstr($path, '/'), 1)) !== '') {
            $tails[] = $path;
        }
        foreach ($tails as $tail) {
            foreach ([$tail, "src/$tail"] as $file) {
                try {
                    $this->line->load($file);
                    return $this->line->find(Values::short($class));
                } catch (\Throwable) {
                    continue;
                }
            }
        }
        return null;
    }

    /** What was told of a class that is declared here, or of the one that it comes from. */
    public function told(string $class): object
    {
        for ($name = $class; $name !== false; $name = \get_parent_class($name)) {
            if (isset($this->told[\strtolower($name)])) {
                return $this->told[\strtolower($name)];
            }
        }
        throw new \LogicException("the program has no class $class");
    }

    /** What was told of a class by this name; null where it is not the program's. */
    public function find(string $class): ?object
    {
        $is_there = \class_exists($class) || \interface_exists($class);
        return $is_there ? $this->told[\strtolower((new \ReflectionClass($class))->getName())] ?? null : null;
    }

    /** The class that stands for those of a name of the program's objects. */
    public function classOfObjects(string $name): string
    {
        if (\preg_match(self::NAME, $name) && !isset($this->asked[$name])) {
            $this->asked[$name] = true;
            $this->declareAsClass($name, $this->line->find($name));
        }
        return \class_exists($name, false) && \is_subclass_of($name, Remote::class) ? $name : Remote::class;
    }

    public function case(string $enum, string $case): object
    {
        $is_theirs = \enum_exists($enum) && isset($this->told[\strtolower($enum)]) && \defined("$enum::$case");
        return $is_theirs ? \constant("$enum::$case") : throw new \LogicException("there is no $enum::$case");
    }

    /** Asks for the case of the program that one of an enumeration stands for. */
    public function adoptCase(\UnitEnum $case): void
    {
        $kind = $this->told[\strtolower($case::class)] ?? null;
        if ($kind !== null) {
            $told = $this->line->ask(['do' => 'get', 'of' => ['yours' => $kind->ref], 'name' => $case->name])->value;
            $this->line->values->adopt($case, $told);
        }
    }

    /** The class of exceptions that was told: one that both sides call the same, or one of the program. */
    public function exception(string|object $told): string
    {
        $name = \is_string($told) ? $told : $told->name;
        if (!\preg_match(self::NAME, $name)) {
            return \Exception::class;
        }
        if (\is_object($told) && isset($told->ref, $this->names[$told->ref])) {
            return $this->names[$told->ref];
        }
        if (\class_exists($name, false)) {
            return \is_subclass_of($name, \Throwable::class) || $name === 'Exception' || $name === 'Error' ? $name : \Exception::class;
        }
        $told = \is_string($told) ? (object) ['kind' => 'error', 'name' => $name] : $told;
        $this->declareClass($name, $told);
        return $name;
    }

    /** Calls a function that is declared here; what is given as references is changed. */
    public function called(string $function, array $args): mixed
    {
        return $this->line->call($this->functions[\strtolower($function)], null, $args);
    }

    private function declareAs(string $name, mixed $told): void
    {
        match (true) {
            \is_object($told) && ($told->kind ?? '') === 'function' => $this->declareFunction($name, $told),
            Tests::isCalled($told) => $this->declareClass($name, $told),
            !\defined($name) => \define($name, $this->line->values->decode($told)),
            default => null,
        };
    }

    /** What can be used as a class. In JavaScript that is a function. */
    private function declareAsClass(string $name, mixed $told): void
    {
        if (\is_object($told) && isset($told->kind) && ($told->kind !== 'function' || \ctype_upper($name[0]))) {
            $this->declareClass($name, $told);
        }
    }

    /** A function, in all namespaces in which tests mention it. */
    private function declareFunction(string $name, object $told): void
    {
        $this->functions[\strtolower($name)] = $told;
        $changes = \array_filter($told->php->changes ?? [], \is_int(...));
        [$parameters, $given] = ['', ''];
        for ($at = 0; $changes !== [] && $at <= \max($changes); $at++) {
            $reference = \in_array($at, $changes, true) ? '&' : '';
            $parameters .= "$reference\$p$at = null, ";
            $given .= "&\$p$at, ";
        }
        $given = $given === '' ? '$rest' : "\\array_slice([{$given}...\$rest], 0, \\func_num_args())";
        $body = "return \\Polycode\\Tested\\Tests::line()->names->called('$name', $given);";
        foreach ([$name, ...self::$mentioned[\strtolower($name)] ?? []] as $full) {
            if (!\function_exists($full)) {
                self::evaluate($full, "function $name({$parameters}mixed ...\$rest): mixed { $body }");
            }
        }
    }

    /** A class, an interface, an enumeration or a class of exceptions. */
    private function declareClass(string $name, object $told): void
    {
        if (\in_array(\strtolower($name), self::RESERVED, true) || self::isDeclared($name)) {
            return;
        }
        $this->told[\strtolower($name)] = $told;
        if (isset($told->ref)) {
            $this->names[$told->ref] = $name;
        }
        $above = $this->above($told);
        $interfaces = \array_filter($above, \interface_exists(...));
        $parent = \current(\array_diff($above, $interfaces));
        $constants = $this->constants($told->php->constants ?? null);
        $list = fn (string $word): string => $interfaces === [] ? '' : " $word " . \implode(', ', $interfaces);
        $is = $told->kind === 'error' ? 'error' : $told->php->is ?? 'class';
        self::evaluate($name, match ($is) {
            'error' => "class $name extends \\" . $this->parentOfErrors($told, $parent) . " { use \\Polycode\\Tested\\Properties; $constants }",
            'interface' => "interface $name{$list('extends')} { $constants }",
            'enum' => "enum $name" . $this->cases($told->php->cases ?? [], $list('implements'), $constants),
            default => "class $name extends \\" . ($parent ?: Remote::class) . "{$list('implements')} { $constants }",
        });
        foreach (self::$mentioned[\strtolower($name)] ?? [] as $full) {
            $this->alias($name, $full);
        }
        foreach (self::$namespaces as $namespace) {
            $this->alias($name, "$namespace\\$name");
        }
    }

    /** The classes and interfaces of the program that one comes from; others are not declared by it. */
    private function above(object $told): array
    {
        $names = [];
        foreach ($told->php->above ?? [] as $name) {
            if (\is_string($name) && \preg_match(self::NAME, $name) && $this->find($name) !== null) {
                $names[] = $name;
            }
        }
        return $names;
    }

    private function parentOfErrors(object $told, string|false $parent): string
    {
        if ($parent !== false) {
            return $parent;
        }
        foreach ($told->bases ?? [] as $base) {
            if ($base !== 'object') {
                return $this->exception($base);
            }
        }
        return self::PARENTS[$told->name] ?? \Exception::class;
    }

    private function constants(mixed $told): string
    {
        $code = '';
        foreach ($told === null ? [] : $this->line->values->decode($told) as $name => $value) {
            $is_plain = !\is_object($value);
            if (\is_array($value)) {
                \array_walk_recursive($value, function (mixed $item) use (&$is_plain): void {
                    $is_plain = $is_plain && !\is_object($item);
                });
            }
            if ($is_plain && \preg_match(self::NAME, $name)) {
                $code .= "public const $name = " . \var_export($value, true) . ';';
            }
        }
        return $code;
    }

    private function cases(array $cases, string $implements, string $constants): string
    {
        [$code, $type] = ['', ''];
        foreach ($cases as [$case, $value]) {
            if (\preg_match(self::NAME, $case)) {
                $type = \is_int($value) ? ': int' : (\is_string($value) ? ': string' : '');
                $code .= "case $case" . ($type === '' ? '' : ' = ' . \var_export($value, true)) . ';';
            }
        }
        return "$type$implements { use \\Polycode\\Tested\\Calls; $code $constants }";
    }

    /** The same class by another name. */
    private function alias(string $name, string $other): void
    {
        $is_ours = isset($this->told[\strtolower($name)]) && self::isDeclared($name);
        if ($is_ours && !self::isDeclared($other)) {
            \class_alias($name, $other);
        }
    }

    private static function isDeclared(string $name): bool
    {
        return \class_exists($name, false) || \interface_exists($name, false);
    }

    /** Declares something by its full name. What PHP has no such name for is not declared. */
    private static function evaluate(string $full, string $code): void
    {
        $namespace = \substr($full, 0, (int) \strrpos($full, '\\'));
        try {
            eval(($namespace === '' ? '' : "namespace $namespace; ") . $code);
        } catch (\ParseError) {
            return;
        }
    }
}
