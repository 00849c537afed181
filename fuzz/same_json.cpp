#include "same_json.hpp"

#include <algorithm>
#include <cmath>

namespace hipchat::fuzz {
namespace {

// Boost.JSON reads some decimal fractions with an error in the last place.
bool same_number(double one, double other) {
    if (one == other || (std::isinf(one) && std::isinf(other))) return true;
    return std::abs(one - other) <= 1e-14 * std::max(std::abs(one), std::abs(other));
}

bool same_objects(const json::object& one, const json::object& other) {
    if (one.size() != other.size()) return false;
    for (const auto& [name, value] : one) {
        const json::value* const found = other.if_contains(name);
        if (found == nullptr || !same(value, *found)) return false;
    }
    return true;
}

bool same_arrays(const json::array& one, const json::array& other) {
    if (one.size() != other.size()) return false;
    for (std::size_t i = 0; i < one.size(); ++i)
        if (!same(one[i], other[i])) return false;
    return true;
}

}  // namespace

bool same(const json::value& one, const json::value& other) {
    if (one.is_object() && other.is_object())
        return same_objects(one.get_object(), other.get_object());
    if (one.is_array() && other.is_array()) return same_arrays(one.get_array(), other.get_array());
    if (one.is_number() && other.is_number())
        return same_number(one.to_number<double>(), other.to_number<double>());
    return one == other;
}

}  // namespace hipchat::fuzz
