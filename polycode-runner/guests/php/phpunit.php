<?php
/*
 * Tests in the manner of PHPUnit.
 */

namespace PHPUnit\Framework;

/** Tests, and what is done before and after each. */
abstract class TestCase extends Assert
{
    private ?string $exception = null;
    private array $ofException = [];
    private ?\Closure $output = null;

    public static function setUpBeforeClass(): void
    {
    }

    public static function tearDownAfterClass(): void
    {
    }

    protected function setUp(): void
    {
    }

    protected function tearDown(): void
    {
    }

    protected function assertPreConditions(): void
    {
    }

    protected function assertPostConditions(): void
    {
    }

    public function expectException(string $class): void
    {
        $this->exception = $class;
    }

    public function expectExceptionMessage(string $message): void
    {
        $this->ofException[] = fn (\Throwable $thrown) => self::assertStringContainsString($message, $thrown->getMessage());
    }

    public function expectExceptionMessageMatches(string $pattern): void
    {
        $this->ofException[] = fn (\Throwable $thrown) => self::assertMatchesRegularExpression($pattern, $thrown->getMessage());
    }

    public function expectExceptionCode(int|string $code): void
    {
        $this->ofException[] = fn (\Throwable $thrown) => self::assertEquals($code, $thrown->getCode());
    }

    public function expectExceptionObject(\Throwable $like): void
    {
        $this->expectException($like::class);
        $this->expectExceptionMessage($like->getMessage());
        $this->expectExceptionCode($like->getCode());
    }

    /** What the test and the program print from here on. */
    public function expectOutputString(string $expected): void
    {
        $this->expectOutput(fn (string $printed) => self::assertSame($expected, $printed));
    }

    public function expectOutputRegex(string $pattern): void
    {
        $this->expectOutput(fn (string $printed) => self::assertMatchesRegularExpression($pattern, $printed));
    }

    public function expectNotToPerformAssertions(): void
    {
    }

    public function addToAssertionCount(int $count): void
    {
    }

    public function createMock(string $class): never
    {
        self::fail('a program can call what it was given, and ask nothing else of the tests: give it a function, no double');
    }

    public function createStub(string $class): never
    {
        $this->createMock($class);
    }

    public function getMockBuilder(string $class): never
    {
        $this->createMock($class);
    }

    /** Runs one test with what it is given, between what is done before and after it; gives what it returns. */
    final public function perform(string $method, array $args, array $before, array $after): mixed
    {
        foreach ($before as $step) {
            $this->$step();
        }
        $this->setUp();
        $this->assertPreConditions();
        try {
            $result = $this->performed(fn (): mixed => $this->$method(...$args));
            $this->assertPostConditions();
        } finally {
            $this->tearDown();
            foreach ($after as $step) {
                $this->$step();
            }
        }
        return $result;
    }

    private function performed(\Closure $test): mixed
    {
        try {
            $result = $test();
        } catch (AssertionFailedError $failed) {
            throw $failed;
        } catch (\Throwable $thrown) {
            $this->checkThrown($thrown);
            $result = null;
            $this->exception = null;
            $this->ofException = [];
        }
        if ($this->exception !== null || $this->ofException !== []) {
            self::fail(($this->exception ?? 'an exception') . ' expected, and nothing was thrown');
        }
        if ($this->output !== null) {
            ($this->output)((string) \ob_get_clean());
        }
        return $result;
    }

    private function checkThrown(\Throwable $thrown): void
    {
        if ($this->exception === null && $this->ofException === []) {
            throw $thrown;
        }
        $class = $this->exception ?? \Throwable::class;
        if (!\class_exists($class) && !\interface_exists($class)) {
            self::fail("there is no class $class");
        }
        if (!$thrown instanceof $class) {
            self::fail("$class expected, not " . $thrown::class . ": {$thrown->getMessage()}");
        }
        foreach ($this->ofException as $check) {
            $check($thrown);
        }
    }

    private function expectOutput(\Closure $check): void
    {
        if ($this->output === null) {
            \ob_start();
        }
        $this->output = $check;
    }
}
