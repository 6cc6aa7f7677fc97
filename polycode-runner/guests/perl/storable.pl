# Storable for programs that copy structures, and for the modules that ask for it: the build has none.
# It is evaluated before `prepare.pl`.
package Storable;

use strict;
use warnings;

use Carp ();
use Data::Dumper ();
use Exporter 'import';
use Scalar::Util ();

BEGIN { $INC{'Storable.pm'} = '/usr/lib/polycode/Storable.pm' }

our $VERSION = '3.37';
our @EXPORT = qw(retrieve store);
our @EXPORT_OK = qw(dclone freeze lock_retrieve lock_store nfreeze nstore thaw);

sub dclone {
    my ($value) = @_;
    return copied($value, {});
}

sub copied {
    my ($value, $seen) = @_;
    return $value unless ref $value;
    my $at = Scalar::Util::refaddr($value);
    return $seen->{$at} if exists $seen->{$at};
    my $kind = Scalar::Util::reftype($value);
    my $copy;
    if ($kind eq 'ARRAY') {
        $copy = $seen->{$at} = [];
        @$copy = map { copied($_, $seen) } @$value;
    }
    elsif ($kind eq 'HASH') {
        $copy = $seen->{$at} = {};
        $copy->{$_} = copied($value->{$_}, $seen) for keys %$value;
    }
    elsif ($kind eq 'SCALAR' || $kind eq 'REF' || $kind eq 'VSTRING') {
        my $inner;
        $copy = $seen->{$at} = \$inner;
        $inner = copied($$value, $seen);
    }
    elsif ($kind eq 'REGEXP') {
        $copy = $seen->{$at} = $value;
    }
    else {
        Carp::croak("Can't store $kind items");
    }
    my $class = Scalar::Util::blessed($value);
    bless $copy, $class if defined $class && $kind ne 'REGEXP';
    return $copy;
}

sub freeze {
    my ($value) = @_;
    Carp::croak('Not a reference') unless ref $value;
    return Data::Dumper->new([dclone($value)], ['frozen'])->Purity(1)->Indent(0)->Useqq(1)->Sortkeys(1)->Dump;
}

sub thaw {
    my ($text) = @_;
    my $frozen;
    eval $text;
    Carp::croak("what is thawed was not frozen: $@") if $@;
    return $frozen;
}

sub store {
    my ($value, $path) = @_;
    my $text = freeze($value);
    open my $file, '>', $path or Carp::croak("can't create $path: $!");
    print {$file} $text;
    return close $file;
}

sub retrieve {
    my ($path) = @_;
    open my $file, '<', $path or Carp::croak("can't open $path: $!");
    local $/;
    return thaw(scalar <$file>);
}

{
    no warnings 'once';
    *nfreeze = \&freeze;
    *nstore = \&store;
    *lock_store = \&store;
    *lock_retrieve = \&retrieve;
}
