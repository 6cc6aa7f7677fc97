// Calls of functions of C++: what their parameters and results are is deduced from their types.
//
// It is read before the program, so that no macro of the program's reaches it.
#pragma once

#include <bits/stdc++.h>

#include "call.h"

namespace __polycode {

using json = const __polycode_value *;

template <class> inline constexpr bool never = false;

template <class T, class... Others>
concept one_of = (std::same_as<T, Others> || ...);
// No characters, and nothing that has more than 64 bits.
template <class T>
concept integer = one_of<T, signed char, unsigned char, short, unsigned short, int, unsigned, long, unsigned long, long long,
    unsigned long long>;
template <class T>
concept nothing = one_of<T, std::nullptr_t, std::nullopt_t, std::monostate>;
template <class T>
concept map = requires { typename T::key_type; typename T::mapped_type; };
// One that has each of its values once.
template <class T>
concept set = !map<T> && requires(T held, typename T::key_type key) { held.insert(key).second; };
template <class T>
concept tuple = requires { std::tuple_size<T>::value; };
template <class T>
concept collection = requires(T list, typename T::value_type entry) { list.insert(list.end(), std::move(entry)); };
template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_array = false;
template <class T, std::size_t N> inline constexpr bool is_array<std::array<T, N>> = true;
template <class T> inline constexpr bool is_variant = false;
template <class... T> inline constexpr bool is_variant<std::variant<T...>> = true;
template <class T> inline constexpr bool is_span = false;
template <class T, std::size_t N> inline constexpr bool is_span<std::span<T, N>> = true;

template <class T> T read(json from);

template <class K> K read_key(json from) {
    if constexpr (integer<K>) {
        // The name of an entry is a text; the number in it is read as one. Tests give numbers, too.
        __polycode_value number = *from;
        if (number.type == __POLYCODE_NUMBER)
            return read<K>(from);
        number.type = __POLYCODE_NUMBER;
        std::size_t digits = number.count > 1 && *number.text == '-';
        if (number.count == digits || std::strspn(number.text + digits, "0123456789") != number.count - digits)
            __polycode_wrong_type(from, "a map whose names are whole numbers");
        return read<K>(&number);
    } else {
        static_assert(one_of<K, std::string, char>, "the names in a map from a validator are texts, characters or whole numbers");
        return read<K>(from);
    }
}

template <class Tuple, std::size_t... I> Tuple read_tuple(json from, std::index_sequence<I...>) {
    json next = __polycode_take_list(from);
    if (from->count != sizeof...(I))
        __polycode_wrong_count(from, sizeof...(I));
    // Between braces, what stands first is done first.
    auto step = [&next] { return std::exchange(next, next->next); };
    return Tuple{read<std::tuple_element_t<I, Tuple>>(step())...};
}

// A value of a type of C++ from one of JSON.
template <class T> T read(json from) {
    if constexpr (std::same_as<T, bool>) {
        return __polycode_take_bool(from);
    } else if constexpr (std::same_as<T, char>) {
        return __polycode_take_char(from);
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<T>(read<std::underlying_type_t<T>>(from));
    } else if constexpr (integer<T> && std::is_signed_v<T>) {
        return static_cast<T>(__polycode_take_signed(from, sizeof(T)));
    } else if constexpr (integer<T>) {
        return static_cast<T>(__polycode_take_unsigned(from, sizeof(T)));
    } else if constexpr (std::floating_point<T>) {
        return static_cast<T>(__polycode_take_number(from));
    } else if constexpr (std::same_as<T, std::string>) {
        const char *text = __polycode_take_text(from);
        return std::string(text, from->count);
    } else if constexpr (one_of<T, std::nullptr_t, std::monostate>) {
        if (from->type != __POLYCODE_NULL)
            __polycode_wrong_type(from, "null");
        return T{};
    } else if constexpr (is_optional<T>) {
        if (from->type == __POLYCODE_NULL)
            return std::nullopt;
        return read<typename T::value_type>(from);
    } else if constexpr (map<T>) {
        T entries;
        for (json name = __polycode_take_map(from); name; name = name->next->next)
            entries.emplace(read_key<typename T::key_type>(name), read<typename T::mapped_type>(name->next));
        return entries;
    } else if constexpr (is_array<T>) {
        T array{};
        json next = __polycode_take_list(from);
        if (from->count != array.size())
            __polycode_wrong_count(from, array.size());
        for (auto &entry : array) {
            entry = read<typename T::value_type>(next);
            next = next->next;
        }
        return array;
    } else if constexpr (tuple<T>) {
        return read_tuple<T>(from, std::make_index_sequence<std::tuple_size_v<T>>());
    } else if constexpr (collection<T>) {
        T list;
        json next = __polycode_take_list(from);
        if constexpr (requires { list.reserve(from->count); })
            list.reserve(from->count);
        for (; next; next = next->next)
            list.insert(list.end(), read<typename T::value_type>(next));
        return list;
    } else {
        static_assert(never<T>, "a parameter of this type can't be given by a validator");
    }
}

template <class T> void write(const T &value);

template <class K> void write_key(const K &key) {
    if constexpr (integer<K>) {
        __polycode_give("\"");
        write(key);
        __polycode_give("\"");
    } else {
        static_assert(std::convertible_to<K, std::string_view> || std::same_as<K, char>,
            "the names in a map for a validator are texts, characters or whole numbers");
        write(key);
    }
}

template <class... T> void write_list(const char *separator, const char *end, const T &...values) {
    (..., (__polycode_give(std::exchange(separator, ",")), write(values)));
    if constexpr (sizeof...(T) == 0)
        __polycode_give(separator);
    __polycode_give(end);
}

// A value of a type of C++ as JSON.
template <class T> void write(const T &value) {
    const char *separator = "";
    auto next = [&separator] { __polycode_give(std::exchange(separator, ",")); };
    if constexpr (std::same_as<T, bool>) {
        __polycode_give_bool(value);
    } else if constexpr (std::same_as<T, char>) {
        __polycode_give_char(value);
    } else if constexpr (std::is_enum_v<T>) {
        write(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (integer<T> && std::is_signed_v<T>) {
        __polycode_give_signed(value);
    } else if constexpr (integer<T>) {
        __polycode_give_unsigned(value);
    } else if constexpr (std::same_as<T, float>) {
        __polycode_give_float(value);
    } else if constexpr (std::floating_point<T>) {
        __polycode_give_number(value);
    } else if constexpr (nothing<T>) {
        __polycode_give("null");
    } else if constexpr (one_of<T, const char *, char *>) {
        __polycode_give_text(value);
    } else if constexpr (std::convertible_to<const T &, std::string_view>) {
        std::string_view text = value;
        __polycode_give_bytes(text.data(), text.size());
    } else if constexpr (is_optional<T>) {
        if (value)
            write(*value);
        else
            __polycode_give("null");
    } else if constexpr (is_variant<T>) {
        std::visit([](const auto &held) { write(held); }, value);
    } else if constexpr (map<T>) {
        __polycode_give(__polycode_is_tested ? "{\"map\":[" : "{");
        for (const auto &[key, entry] : value) {
            next();
            if (__polycode_is_tested) {
                write_list("[", "]", key, entry);
                continue;
            }
            write_key(key);
            __polycode_give(":");
            write(entry);
        }
        __polycode_give(__polycode_is_tested ? "]}" : "}");
    } else if constexpr (std::ranges::input_range<const T>) {
        const bool is_told = set<T> && __polycode_is_tested;
        __polycode_give(is_told ? "{\"set\":[" : "[");
        for (const auto &entry : value) {
            next();
            write<std::ranges::range_value_t<const T>>(entry);
        }
        __polycode_give(is_told ? "]}" : "]");
    } else if constexpr (tuple<T>) {
        const char *begin = __polycode_is_tested ? "{\"tuple\":[" : "[", *end = __polycode_is_tested ? "]}" : "]";
        std::apply([=](const auto &...entries) { write_list(begin, end, entries...); }, value);
    } else {
        static_assert(never<T>, "a result of this type can't be compared by a validator");
    }
}

// Bytes that a text of C may grow by.
inline constexpr std::size_t room = 4096;

// What a parameter of a function is made from, and is passed as.
template <class A> struct parameter {
    using type = std::remove_cvref_t<A>;
    type value;
    static constexpr int kind = integer<type> ? __POLYCODE_INT : __POLYCODE_OTHER;
    static constexpr bool changes = std::is_lvalue_reference_v<A> && !std::is_const_v<std::remove_reference_t<A>>;

    explicit parameter(std::size_t number) : value(read<type>(__polycode_argument(number))) {}
    A pass() {
        if constexpr (std::is_reference_v<A>)
            return static_cast<A>(value);
        else
            return std::move(value);
    }
    void show() const { write(value); }
};

template <class A>
    requires std::same_as<std::remove_cvref_t<A>, std::string_view>
struct parameter<A> {
    std::string value;
    std::string_view view;
    static constexpr int kind = __POLYCODE_OTHER;
    static constexpr bool changes = false;

    explicit parameter(std::size_t number) : value(read<std::string>(__polycode_argument(number))), view(value) {}
    A pass() { return static_cast<A>(view); }
};

template <class A>
    requires is_span<std::remove_cvref_t<A>>
struct parameter<A> {
    using type = std::remove_cvref_t<A>;
    std::vector<typename type::value_type> value;
    type view;
    static constexpr int kind = __POLYCODE_OTHER;
    static constexpr bool changes = !std::is_const_v<typename type::element_type>;

    explicit parameter(std::size_t number) : value(read<decltype(value)>(__polycode_argument(number))), view(whole(value)) {}
    A pass() { return static_cast<A>(view); }
    void show() const { write(value); }

    static type whole(auto &list) {
        static_assert(type::extent == std::dynamic_extent, "a span from a validator has no fixed length");
        return type(list);
    }
};

// Places, as in C: a text, or several values.
template <class T> struct parameter<T *> {
    using type = std::remove_const_t<T>;
    static constexpr bool is_text = std::same_as<type, char>;
    static_assert(is_text || !std::same_as<type, bool>, "a parameter of this type can't be given by a validator");
    std::conditional_t<is_text, std::string, std::vector<type>> value;
    bool is_null;
    static constexpr int kind = is_text ? __POLYCODE_OTHER : __POLYCODE_LIST;
    static constexpr bool changes = !std::is_const_v<T>;

    explicit parameter(std::size_t number) {
        json from = __polycode_argument(number);
        is_null = from->type == __POLYCODE_NULL;
        if (is_null)
            return;
        value = read<decltype(value)>(from);
        if constexpr (is_text && changes)
            value.append(room, '\0');
    }
    T *pass() { return is_null ? nullptr : value.data(); }
    void show() const {
        if (is_null)
            write(nullptr);
        else if constexpr (is_text)
            write(value.c_str());
        else
            write(value);
    }
};

template <class Tuple, std::size_t... I> void write_changes(const Tuple &parameters, std::index_sequence<I...>) {
    constexpr std::size_t count = (0 + ... + std::tuple_element_t<I, Tuple>::changes);
    const char *separator = count > 1 ? "[" : "";
    auto show = [&separator](const auto &one) {
        if constexpr (std::remove_cvref_t<decltype(one)>::changes) {
            __polycode_give(std::exchange(separator, ","));
            one.show();
        }
    };
    (show(std::get<I>(parameters)), ...);
    __polycode_give(count == 0 ? "null" : count > 1 ? "]" : "");
}

template <class R, class... A> void __call_the_only_function_of_that_name(R (*function)(A...)) {
    constexpr unsigned char kinds[] = {parameter<A>::kind..., 0};
    __polycode_parameters(kinds, sizeof...(A));
    [function]<std::size_t... I>(std::index_sequence<I...> all) {
        std::tuple<parameter<A>...> parameters{I...};
        if constexpr (std::is_void_v<R>) {
            function(std::get<I>(parameters).pass()...);
            write_changes(parameters, all);
        } else {
            write<std::remove_cvref_t<R>>(function(std::get<I>(parameters).pass()...));
        }
    }(std::make_index_sequence<sizeof...(A)>());
}

template <class R, class... A> void __call_the_only_function_of_that_name(R (*)(A..., ...)) {
    static_assert(never<R>, "a function with any number of arguments can't be called by a validator");
}

template <class T>
    requires(!std::is_function_v<T>)
void __call_the_only_function_of_that_name(T *) {
    static_assert(never<T>, "this is no function");
}

// What nobody caught.
inline int __main(const __polycode_function *functions, int count) {
    try {
        return __polycode_main(functions, count);
    } catch (const std::exception &error) {
        __polycode_fail("uncaught exception: %s", error.what());
    } catch (const std::string &words) {
        __polycode_fail("uncaught exception: %s", words.c_str());
    } catch (const char *words) {
        __polycode_fail("uncaught exception: %s", words);
    } catch (int number) {
        __polycode_fail("uncaught exception: %d", number);
    } catch (...) {
        __polycode_fail("uncaught exception that is no std::exception");
    }
}

}
