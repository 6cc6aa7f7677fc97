# Makes Perl ready for programs; it is evaluated once, before the memory is kept as a snapshot.
#
# Each run begins with `Polycode::start` in a copy of that memory, so what is loaded here costs a run
# nothing; it ends with `Polycode::finish`, which is told even after the program's own `exit`. What
# must differ between runs, or must not be seen by the program, is set in `start`.

# Compiles and runs a text as a program of its own: nothing of what is below may be in its scope, and
# `@_` is empty.
sub Polycode::evaluate {
    package main;
    eval $Polycode::text;
    return;
}

package Polycode;

use strict;
use warnings;

our $text;

my $ANSWER = '/run/answer';
# Frames at the bottom of the stack that are not the program's.
my $foreign = 0;
# Blocks of the main program that run at its end, the first that was met first.
my $ends = 0;

# Does what /run/request.json asks for.
sub start {
    my $request = JSON::PP->new->utf8->max_depth(1_000)->boolean_values(!!0, !!1)->decode(slurp('/run/request.json'));
    my $entry = $request->{entry};
    chdir '/box';
    ($0, $^T, $!, $@, $?) = ($entry, time, 0, '', 0);
    $| = 1;
    @ARGV = map { utf8::encode($_); $_ } @{ $request->{args} // [] };
    my $mode = $request->{mode};
    my $code = $mode eq 'check' ? check($request->{sources})
        : $mode eq 'call'       ? call($entry, $request->{call})
        :                         run($entry);
    CORE::exit($code);
}

# Ends a run as the interpreter would: what is to be done at the exit, then the last output.
sub finish {
    while ($ends) {
        no strict 'refs';
        my $end = 'Polycode::END::' . $ends--;
        next unless defined &$end;
        eval { &$end(); 1 } or $? = died($@) || $?;
    }
    my $code = $?;
    # Whatever is open is flushed before another program takes the place of this one, which fails.
    { no warnings; exec { '' } '' }
    CORE::exit($code);
}

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$file> // '';
}

# The text of a source under the name that its author gave it.
sub source {
    my ($name, $prefix) = @_;
    my $source = slurp("/box/$name");
    $source =~ s/\A\xEF\xBB\xBF//;
    return ("$prefix\n#line 1 \"$name\"\n", $source);
}

# Compiles every source; what is wrong with them goes into the answer. As with `perl -c`, what a
# program does while it is compiled is done: a module that it uses must be there.
sub check {
    my ($names) = @_;
    local $SIG{__WARN__} = sub { };
    # What a file of tests uses is there when it is run.
    return 0 if $names->[0] =~ /\.t\z/;
    my $problems = '';
    for my $name (@$names) {
        # What others have used is compiled.
        next if grep { defined && $_ =~ m{(?:\A|/)\Q$name\E\z} } values %INC;
        my ($head, $body) = source($name, 'return;');
        $text = $head . $body;
        evaluate();
        $problems .= told($@) if has_died();
    }
    answer($problems) if length $problems;
    return 0;
}

sub run {
    my ($entry) = @_;
    load($entry, '');
    return has_died() ? died($@) : 0;
}

# Compiles and runs the main program; `$@` says what it died of.
sub load {
    my ($entry, $prefix) = @_;
    # What looking for modules left in `$!` would be the exit code.
    my ($head, $body) = source($entry, $prefix . '$! = 0;');
    $^W = 1 if $body =~ /\A#!.*perl.*\s-\w*w/;
    my $end = lay_out_data($entry, $body);
    # The interpreter keeps `END` for an end that never comes in the sandbox.
    substr($body, 0, $end) =~ s/((?:^|[;}])[ \t]*)END(?=[ \t]*(?:\{|$))/$1 . 'sub Polycode::END::' . ++$ends/gem
        if index($body, 'END') >= 0;
    $text = $head . $body;
    $foreign = 2;
    $foreign++ while CORE::caller($foreign - 2);
    delete @SIG{qw(__DIE__ __WARN__)};
    $@ = '';
    evaluate();
}

# What follows `__END__` or `__DATA__` in the main program is there as `DATA`. Returns where it begins.
sub lay_out_data {
    my ($entry, $body) = @_;
    $body =~ /^__(END|DATA)__\r?(?:\n|\z)/m or return length $body;
    my ($begin, $end, $word) = ($-[0], $+[0], $1);
    my $package = 'main';
    if ($word eq 'DATA') {
        $package = $1 while substr($body, 0, $begin) =~ /^\s*package\s+([\w:]+)\s*(?:v?[\d._]+\s*)?;/mg;
    }
    no strict 'refs';
    open my $data, '<', "/box/$entry" or return $begin;
    seek $data, $end + (-s $data) - length $body, 0;
    *{"${package}::DATA"} = $data;
    return $begin;
}

# Loads a file and calls a function of it; its value goes into the answer as JSON.
sub call {
    my ($entry, $call) = @_;
    my $name = $call->{function};
    load($entry, 'use utf8;');
    return died($@) if has_died();
    no strict 'refs';
    if (!defined &{"main::$name"}) {
        tell_error("$entry has no function named '$name'\n");
        return 1;
    }
    my @values;
    # The block below and what is below it; errors that a function lays to its caller name this place.
    $foreign = 4;
    $! = 0;
# line 1 "call"
    eval { @values = &{"main::$name"}(@{ $call->{args} }); 1 } or return died($@);
    my $json = JSON::PP->new->utf8->allow_nonref->max_depth(100);
    my $answer = eval { local $SIG{__DIE__}; $json->encode(@values == 1 ? $values[0] : @values ? \@values : undef) };
    if (!defined $answer || $answer =~ /(?<![\w."])-?(?:nan|inf)\w*(?![\w"])/i && !eval { $json->decode($answer); 1 }) {
        my $words = defined $answer ? 'a number without an end' : "$@";
        $words =~ s/ at \S+ line \d+.*//s;
        tell_error("what $name returned is not JSON: $words\n");
        return 1;
    }
    answer($answer);
    return 0;
}

sub answer {
    my ($words) = @_;
    utf8::encode($words) if utf8::is_utf8($words);
    open my $file, '>:raw', $ANSWER or return;
    print {$file} $words;
    close $file;
}

# Whether what was evaluated ended by an exception, which may be an object that says it is nothing.
sub has_died {
    return defined Scalar::Util::reftype($@) || length $@;
}

# Tells of an exception that nobody caught; the exit code that comes of it.
sub died {
    my ($error) = @_;
    my $code = $! + 0 || ($? >> 8) || 255;
    tell_error(told($error));
    return $code & 255 || 255;
}

sub told {
    my ($error) = @_;
    my $words = eval { "$error" } // 'an exception that has no words';
    utf8::encode($words) if $words =~ /[^\x00-\xff]/;
    $words .= "\n" unless $words =~ /\n\z/;
    return $words;
}

sub tell_error {
    my ($words) = @_;
    local ($\, $,);
    print STDERR $words;
}

# `caller` for programs: as if there were nothing below them.
sub caller {
    my $level = ($_[0] // 0) + 1;
    my @frame;
    if ((CORE::caller(0))[0] eq 'DB') {
        package DB;
        @frame = CORE::caller($level);
    }
    else {
        @frame = CORE::caller($level);
    }
    @frame = () if !CORE::caller($level + $foreign);
    return $frame[0] unless wantarray;
    return @_ ? @frame : @frame[0 .. (@frame ? 2 : -1)];
}

# Loaded for the programs that will want them.
for my $module (
    qw(
    base bigint bytes constant Carp Class::Struct Cwd Data::Dumper Digest::MD5 Digest::SHA Encode Errno
    Exporter Fcntl feature File::Basename File::Spec Getopt::Long Hash::Util integer IO::File IO::Handle JSON::PP
    lib List::Util Math::BigFloat Math::BigInt Math::Trig Memoize MIME::Base64 overload parent PerlIO::encoding
    POSIX Scalar::Util Storable strict Sub::Util Symbol Term::ANSIColor Text::ParseWords Text::Wrap Tie::Array
    Tie::Hash Time::HiRes Time::Local Time::Piece Unicode::Normalize utf8 vars warnings
    )
) {
    (my $file = "$module.pm") =~ s{::}{/}g;
    CORE::require($file);
}
push @INC, 'lib', '.';

# Ways that most programs take, for the caches on them.
JSON::PP->new->utf8->allow_nonref->encode(JSON::PP->new->utf8->decode('{"a": [1, 2.5, null, true, "\u00e9"]}'));
eval { Carp::croak('words') };

{
    no warnings;
    *CORE::GLOBAL::caller = \&caller;
}
1;
