# The program that is tested: it does what tests ask for on the line.

use Scalar::Util qw(looks_like_number);
use overload ();

# What stands for the program itself, of which tests import what they name.
my $PROGRAM = bless {}, 'Polycode::Program';
# What was printed since it was last asked for.
my $printed = '';
# What a package has when a program begins.
my %before = map { $_ => 1 } keys %main::;

# The functions of the tests by their numbers.
my %functions;

# A function of the tests; nothing else of theirs can be used.
sub remote {
    my $number = $_[0]{ref};
    return $functions{$number} //= do {
        my $call = sub { return value({ do => 'call', of => { yours => $number }, args => [map { encode($_) } @_] }) };
        $theirs{ refaddr $call } = $number;
        $call;
    };
}

sub exception {
    my ($raised) = @_;
    return $known[$raised->{yours} - 1] if exists $raised->{yours};
    return bless { number => $raised->{of}, message => $raised->{text} }, 'Polycode::Theirs';
}

# What tests ask for.

# What has a name: a function, a package, a variable; of an object a method or a field.
sub attribute {
    my ($of, $name) = @_;
    no strict 'refs';
    if (refaddr $of == refaddr $PROGRAM) {
        return \&{"main::$name"} if defined &{"main::$name"} && !$before{$name};
        my ($class) = grep { is_class($_) } ($name, $name =~ s/_/::/gr);
        return class_of($class) if $class;
        return ${"main::$name"} if defined ${"main::$name"};
        return \@{"main::$name"} if @{"main::$name"};
        return \%{"main::$name"} if %{"main::$name"} && $name !~ /::\z/;
        refuse('AttributeError', "the program has no '$name'");
    }
    my $is_class = ref $of eq 'Polycode::Class';
    my $self = $is_class ? $$of : $of;
    if (blessed $of && (my $method = $self->can($name))) {
        my $bound = sub { return $method->($self, @_) };
        return $bound;
    }
    return $of->{$name} if !$is_class && reftype $of eq 'HASH' && exists $of->{$name};
    return ${"${self}::$name"} if $is_class && defined ${"${self}::$name"};
    my $what = $is_class ? "the package $self" : 'an object of ' . ref $of;
    refuse('AttributeError', "$what has no '$name'");
}

# Raises what tests know as an exception of that class.
sub refuse {
    my ($class, $words) = @_;
    die bless { class => $class, words => $words }, 'Polycode::Refusal';
}

sub is_class {
    my ($name) = @_;
    no strict 'refs';
    return $name =~ /\A\w+(?:::\w+)*\z/ && scalar grep { defined &{"${name}::$_"} } keys %{"${name}::"};
}

sub call {
    my ($request) = @_;
    my $of = decode($request->{of});
    my @args = map { decode($_) } @{ $request->{args} };
    if (my $named = $request->{named}) {
        push @args, map { ($_, decode($named->{$_})) } sort keys %$named;
    }
    my @before = map { is_open($_) ? $JSON->canonical->encode(encode($_)) : undef } @args;
    # In a list, as a function is called by `function` validators.
    my @values = ref $of eq 'Polycode::Class' ? $$of->new(@args) : $of->(@args);
    my @changed;
    for my $at (0 .. $#args) {
        next if !defined $before[$at];
        my $now = encode($args[$at]);
        push @changed, [$at, $now] if $JSON->canonical->encode($now) ne $before[$at];
    }
    my $value = @values == 1 ? encode($values[0]) : @values ? { tuple => [map { encode($_) } @values] } : undef;
    return { value => $value, @changed ? (changed => \@changed) : () };
}

# What a function may change for its caller where it is an argument.
sub is_open { return ref $_[0] eq 'ARRAY' || ref $_[0] eq 'HASH' }

my %OPERATIONS = (
    add => sub { $_[0] + $_[1] }, sub => sub { $_[0] - $_[1] }, mul => sub { $_[0] * $_[1] },
    truediv => sub { $_[0] / $_[1] }, floordiv => sub { POSIX::floor($_[0] / $_[1]) }, mod => sub { $_[0] % $_[1] },
    pow => sub { $_[0]**$_[1] }, neg => sub { -$_[0] }, pos => sub { $_[0] }, abs => sub { abs $_[0] },
    lt => sub { $_[0] < $_[1] }, le => sub { $_[0] <= $_[1] }, gt => sub { $_[0] > $_[1] }, ge => sub { $_[0] >= $_[1] },
    eq => \&is_equal, bool => sub { !!$_[0] }, int => sub { int "$_[0]" }, float => sub { 0 + "$_[0]" },
    str => sub { "$_[0]" }, repr => sub { "$_[0]" }, len => sub { scalar @{ $_[0] } },
    getitem => sub { looks_like_number($_[1]) && reftype $_[0] ne 'HASH' ? $_[0][$_[1]] : $_[0]{ $_[1] } },
    setitem => sub { looks_like_number($_[1]) && reftype $_[0] ne 'HASH' ? ($_[0][$_[1]] = $_[2]) : ($_[0]{ $_[1] } = $_[2]); undef },
    contains => sub { my ($in, $what) = @_; reftype $in eq 'HASH' ? exists $in->{$what} : !!grep { $_ eq $what } @$in },
    has => sub { my ($of, $name) = @_; !!eval { attribute($of, $name); 1 } },
    keys => sub { reftype $_[0] eq 'HASH' ? [sort keys %{ $_[0] }] : [] },
    isinstance => sub { my ($value, $kind) = @_; !!(blessed $value && ref $kind eq 'Polycode::Class' && $value->isa($$kind)) },
    iter => sub { my ($value) = @_; bless { next => iterator($value) }, 'Polycode::Walk' },
    step => sub { my @items = $_[0]{next}->(); @items && defined $items[0] ? [@items] : [] },
    primitive => sub { "$_[0]" },
);

# What gives one item after the other: iterators of Perl are functions.
sub iterator {
    my ($value) = @_;
    return $value if reftype $value eq 'CODE';
    my ($at, $next) = (0, blessed $value && overload::Method($value, '<>'));
    return sub { return <$value> } if $next;
    my @items = @$value;
    return sub { return $at < @items ? $items[$at++] : () };
}

sub is_equal {
    my ($one, $other) = @_;
    return !!($one == $other) if overload::Method($one, '==');
    return !!($one eq $other) if overload::Method($one, 'eq');
    return ref $other && refaddr $one == refaddr $other;
}

sub apply {
    my ($request) = @_;
    my $name = $request->{name};
    my @args = map { decode($_) } @{ $request->{args} };
    my $operation = $OPERATIONS{$name};
    if (!$operation && $name =~ /\A([ri])(\w+)\z/ && ($operation = $OPERATIONS{$2})) {
        @args = reverse @args if $1 eq 'r';
    }
    refuse('TypeError', "there is no $name of an object of Perl") if !$operation;
    my ($done, $value);
    $done = eval { $value = $operation->(@args); 1 };
    refuse('TypeError', $1) if !$done && !ref $@ && $@ =~ /\A(.*) at \S*polycode_tested/;
    die $@ if !$done;
    return encode($value);
}

# The files of a program have one `main`.
sub load_file {
    my ($asked) = @_;
    my ($folder) = $ARGV[0] =~ m{\A(.*/)[^/]*\z};
    my $name = $asked =~ s/\.p[lm]\z//r;
    my ($path) = grep { -f "/box/$_" } map { ("$_$name.pl", "$_$name.pm") } '', $folder // ();
    return { value => reference($PROGRAM) } if !defined $path && -d "/box/$name";
    die "the program has no file $name.pl\n" if !defined $path;
    if (!$INC{$path}) {
        $INC{$path} = "/box/$path";
        Polycode::load($path, '');
        die $@ if Polycode::has_died();
    }
    return { value => reference($PROGRAM) };
}

sub names {
    no strict 'refs';
    return [sort grep { !$before{$_} && (defined &{"main::$_"} || defined ${"main::$_"}) } grep { !/::/ } keys %main::];
}

sub perform {
    my ($request) = @_;
    my $do = $request->{do};
    return $do eq 'load' ? load_file($request->{name})
        : $do eq 'get'   ? { value => encode(attribute(decode($request->{of}), $request->{name})) }
        : $do eq 'set'   ? set($request)
        : $do eq 'apply' ? { value => apply($request) }
        : $do eq 'names' ? { value => names() }
        : $do eq 'printed' ? heard_so_far()
        :                    call($request);
}

sub set {
    my ($request) = @_;
    my ($of, $value) = (decode($request->{of}), decode($request->{value}));
    no strict 'refs';
    if (refaddr $of == refaddr $PROGRAM) { ${"main::$request->{name}"} = $value }
    else                 { $of->{ $request->{name} } = $value }
    return { value => undef };
}

sub heard_so_far {
    my $text = $printed;
    $printed = '';
    return { value => text($text) };
}

# Standard output, of which tests may ask what was written.
package Polycode::Heard {
    sub TIEHANDLE {
        my ($class, $below) = @_;
        return bless { below => $below }, $class;
    }

    sub PRINT {
        my ($self, @texts) = @_;
        my $text = join($, // '', @texts) . ($\ // '');
        utf8::encode($text) if $text =~ /[^\x00-\xff]/;
        $printed .= $text;
        local ($\, $,);
        return print { $self->{below} } $text;
    }

    sub PRINTF {
        my ($self, $format, @values) = @_;
        local ($\, $,);
        return $self->PRINT(sprintf $format, @values);
    }

    sub WRITE {
        my ($self, $bytes, $length, $at) = @_;
        return $self->PRINT(substr $bytes, $at // 0, $length // length $bytes);
    }

    sub BINMODE { return 1 }
    sub FILENO  { return 1 }
    sub CLOSE   { return 1 }
}

open my $below, '>&=', \*STDOUT or die "standard output: $!\n";
$below->autoflush(1);
tie *STDOUT, 'Polycode::Heard', $below;
open_line();
while (my $request = receive()) {
    serve($request);
}
