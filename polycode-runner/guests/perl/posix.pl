# The part of POSIX that programs use for their own ends: the build has none, for most of it is about
# processes. It is evaluated before `prepare.pl`.
package POSIX;

use strict;
use warnings;

use Errno ();
use Exporter 'import';
use Fcntl ();
use Time::Local ();
use Time::Piece ();

BEGIN { $INC{'POSIX.pm'} = '/usr/lib/polycode/POSIX.pm' }

our $VERSION = '2.23';
our (@EXPORT, @EXPORT_OK, %EXPORT_TAGS);

my %constants = (
    limits_h => {
        CHAR_BIT => 8, CHAR_MAX => 127, CHAR_MIN => -128, INT_MAX => 2147483647, INT_MIN => -2147483648,
        LONG_MAX => 9223372036854775807, LONG_MIN => -9223372036854775807 - 1, PATH_MAX => 4096,
        SCHAR_MAX => 127, SCHAR_MIN => -128, SHRT_MAX => 32767, SHRT_MIN => -32768, UCHAR_MAX => 255,
        UINT_MAX => 4294967295, ULONG_MAX => 18446744073709551615, USHRT_MAX => 65535,
    },
    float_h => {
        DBL_DIG => 15, DBL_EPSILON => 2**-52, DBL_MANT_DIG => 53, DBL_MAX => 1.7976931348623157e308,
        DBL_MAX_10_EXP => 308, DBL_MAX_EXP => 1024, DBL_MIN => 2.2250738585072014e-308, DBL_MIN_EXP => -1021,
        FLT_DIG => 6, FLT_EPSILON => 2**-23, FLT_MAX => 3.40282346638528859812e38, FLT_MIN => 2**-126, FLT_RADIX => 2,
    },
    math_h => { HUGE_VAL => 9**9**9 },
    math_h_c99 => {
        INFINITY => 9**9**9, NAN => -sin(9**9**9), M_E => exp(1), M_LN10 => log(10), M_LN2 => log(2),
        M_PI => atan2(0, -1), M_PI_2 => atan2(1, 0), M_PI_4 => atan2(1, 1), M_SQRT2 => sqrt(2),
    },
    stdlib_h => { EXIT_FAILURE => 1, EXIT_SUCCESS => 0, RAND_MAX => 2147483647 },
    stdio_h => { BUFSIZ => 1024, EOF => -1 },
    locale_h => {
        LC_ALL => 6, LC_COLLATE => 3, LC_CTYPE => 0, LC_MESSAGES => 5, LC_MONETARY => 4, LC_NUMERIC => 1, LC_TIME => 2,
    },
    time_h => { CLOCKS_PER_SEC => 1_000_000 },
);

my %functions = (
    ctype_h => { tolower => sub { lc $_[0] }, toupper => sub { uc $_[0] } },
    math_h => {
        acos => sub { atan2(sqrt(1 - $_[0] * $_[0]), $_[0]) },
        asin => sub { atan2($_[0], sqrt(1 - $_[0] * $_[0])) },
        atan => sub { atan2($_[0], 1) },
        ceil => sub { -floor(-$_[0]) },
        cosh => sub { (exp($_[0]) + exp(-$_[0])) / 2 },
        fabs => sub { abs $_[0] },
        floor => \&floor,
        fmod => \&fmod,
        frexp => \&frexp,
        ldexp => sub { $_[0] * 2**$_[1] },
        log10 => \&log10,
        modf => sub { my $whole = trunc($_[0]); ($_[0] - $whole, $whole) },
        pow => sub { $_[0]**$_[1] },
        sinh => sub { (exp($_[0]) - exp(-$_[0])) / 2 },
        tan => sub { sin($_[0]) / cos($_[0]) },
        tanh => sub { $_[0] > 20 ? 1 : $_[0] < -20 ? -1 : 1 - 2 / (exp(2 * $_[0]) + 1) },
    },
    math_h_c99 => {
        cbrt => sub { my $root = nearest(abs($_[0])**(1 / 3)); $_[0] < 0 ? -$root : $root },
        copysign => sub { $_[1] < 0 ? -abs $_[0] : abs $_[0] },
        expm1 => sub { abs($_[0]) < 1e-5 ? $_[0] + $_[0]**2 / 2 : exp($_[0]) - 1 },
        fdim => sub { $_[0] > $_[1] ? $_[0] - $_[1] : 0 },
        fmax => sub { $_[0] > $_[1] ? $_[0] : $_[1] },
        fmin => sub { $_[0] < $_[1] ? $_[0] : $_[1] },
        hypot => sub { sqrt($_[0]**2 + $_[1]**2) },
        isfinite => sub { $_[0] - $_[0] == 0 },
        isinf => sub { $_[0] == $_[0] && $_[0] - $_[0] != 0 },
        isnan => sub { $_[0] != $_[0] },
        log1p => sub { abs($_[0]) < 1e-5 ? $_[0] - $_[0]**2 / 2 : log(1 + $_[0]) },
        log2 => sub { (my ($mantissa, $exponent) = frexp($_[0])); $mantissa == 0.5 ? $exponent - 1 : log($_[0]) / log(2) },
        lround => \&round,
        round => \&round,
        signbit => sub { $_[0] < 0 ? 1 : 0 },
        trunc => \&trunc,
    },
    stdlib_h => { strtod => \&strtod, strtol => \&strtol, strtoul => \&strtol },
    string_h => { strcoll => sub { $_[0] cmp $_[1] }, strerror => sub { local $! = $_[0]; "$!" }, strstr => sub { index $_[0], $_[1] } },
    locale_h => { localeconv => sub { +{ decimal_point => '.' } }, setlocale => sub { 'C' } },
    time_h => {
        asctime => sub { strftime("%a %b %e %H:%M:%S %Y\n", @_) },
        clock => sub { int 1_000_000 * (times)[0] },
        ctime => sub { localtime($_[0]) . "\n" },
        difftime => sub { $_[0] - $_[1] },
        mktime => \&mktime,
        strftime => \&strftime,
    },
    unistd_h => { getcwd => sub { Cwd::getcwd() }, getpid => sub { $$ }, isatty => sub { '' } },
);

for my $tag (keys %constants) {
    no strict 'refs';
    for my $name (keys %{ $constants{$tag} }) {
        my $value = $constants{$tag}{$name};
        *$name = sub () { $value };
        push @{ $EXPORT_TAGS{$tag} }, $name;
    }
}
for my $tag (keys %functions) {
    no strict 'refs';
    no warnings 'redefine';
    while (my ($name, $function) = each %{ $functions{$tag} }) {
        *$name = $function;
        push @{ $EXPORT_TAGS{$tag} }, $name;
    }
}
{
    no strict 'refs';
    for my $name (@Errno::EXPORT_OK) {
        *$name = \&{"Errno::$name"};
        push @{ $EXPORT_TAGS{errno_h} }, $name;
    }
    for my $name (qw(SEEK_SET SEEK_CUR SEEK_END)) {
        *$name = \&{"Fcntl::$name"};
        push @{ $EXPORT_TAGS{unistd_h} }, $name;
    }
    for my $name (grep { /^O_/ } @Fcntl::EXPORT) {
        *$name = \&{"Fcntl::$name"};
        push @{ $EXPORT_TAGS{fcntl_h} }, $name;
    }
}
# What is younger than the first POSIX has names that programs use for themselves.
@EXPORT = map { @{ $EXPORT_TAGS{$_} } } grep { $_ ne 'math_h_c99' } sort keys %EXPORT_TAGS;
@EXPORT_OK = (@{ $EXPORT_TAGS{math_h_c99} }, qw(abs cos exp log sin sqrt));

sub abs { CORE::abs($_[0]) }
sub cos { CORE::cos($_[0]) }
sub exp { CORE::exp($_[0]) }
sub log { CORE::log($_[0]) }
sub sin { CORE::sin($_[0]) }
sub sqrt { CORE::sqrt($_[0]) }

# Numbers of 2**52 and more have no fraction, and some are too large for a whole number.
sub trunc { CORE::abs($_[0]) < 4503599627370496 ? int $_[0] : $_[0] }

sub floor {
    my $whole = trunc($_[0]);
    return $whole > $_[0] ? $whole - 1 : $whole;
}

sub round { $_[0] < 0 ? -floor(-$_[0] + 0.5) : floor($_[0] + 0.5) }

sub fmod {
    my ($x, $y) = map { CORE::abs($_) } @_;
    return -CORE::sin(9**9**9) if $y == 0 || $x - $x != 0;
    my $rest = $x;
    # By halves of the divisor's multiples, each step is exact.
    while ($rest >= $y) {
        my $part = $y;
        $part *= 2 while $part <= $rest / 2;
        $rest -= $part;
    }
    return $_[0] < 0 ? -$rest : $rest;
}

sub frexp {
    my ($number) = @_;
    return ($number, 0) if $number == 0 || $number - $number != 0;
    my $exponent = 0;
    ($number /= 2, $exponent++) while CORE::abs($number) >= 1;
    ($number *= 2, $exponent--) while CORE::abs($number) < 0.5;
    return ($number, $exponent);
}

sub log10 { nearest(CORE::log($_[0]) / CORE::log(10), 10) }

# A whole number where there is one within what rounding does.
sub nearest {
    my ($number) = @_;
    my $whole = round($number);
    return CORE::abs($number - $whole) < 1e-13 * (1 + CORE::abs $whole) ? $whole : $number;
}

sub strtol {
    my ($text, $base) = @_;
    $base //= 10;
    my ($space, $sign, $rest) = $text =~ /\A(\s*)([-+]?)(.*)\z/s;
    my $prefix = '';
    if (($base == 0 || $base == 16) && $rest =~ s/\A(0[xX])(?=[0-9a-fA-F])//) {
        ($prefix, $base) = ($1, 16);
    }
    elsif ($base == 0) {
        $base = $rest =~ /\A0/ ? 8 : 10;
    }
    my ($value, $used) = (0, 0);
    for my $digit (split //, lc $rest) {
        my $worth = index '0123456789abcdefghijklmnopqrstuvwxyz', $digit;
        last if $worth < 0 || $worth >= $base;
        $value = $value * $base + $worth;
        $used++;
    }
    $value = -$value if $sign eq '-';
    my $left = $used ? length($rest) - $used : length $text;
    return wantarray ? ($value, $left) : $value;
}

sub strtod {
    my ($text) = @_;
    my ($number) = $text =~ /\A\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/;
    my $left = length($text) - (defined $number ? $+[0] : 0);
    return wantarray ? (($number // 0) + 0, $left) : ($number // 0) + 0;
}

# Fields beyond their range count on into the next.
sub mktime {
    my ($second, $minute, $hour, $day, $month, $year) = map { $_ // 0 } @_[0 .. 5];
    my $years = floor($month / 12);
    my $begin = Time::Local::timegm_modern(0, 0, 0, 1, $month - 12 * $years, $year + $years + 1900);
    return $begin + 86_400 * ($day - 1) + 3_600 * $hour + 60 * $minute + $second;
}

sub strftime {
    my ($format, @fields) = @_;
    return Time::Piece::_strftime($format, mktime(@fields), 0);
}
