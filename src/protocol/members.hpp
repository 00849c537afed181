#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hipchat/json.hpp"

namespace hipchat::protocol {

/// Reads the members of one JSON object; every refusal names the member by its dotted path. The
/// object must outlive it.
class members {
public:
    /// @param path of the object itself; empty for the document
    members(const json::object& from, std::string path) : from_(&from), path_(std::move(path)) {}

    /// The member, or null if it is absent or null.
    const json::value* find(std::string_view name) const noexcept;

    /// Throw protocol_error if the member is there and has another type.
    std::optional<std::string> text(std::string_view name) const;
    std::optional<bool> boolean(std::string_view name) const;
    std::optional<std::int64_t> id(std::string_view name) const;
    std::optional<int> integer(std::string_view name) const;
    const json::object* object(std::string_view name) const;
    const json::array* array(std::string_view name) const;

    /// The objects of an array; one bare object counts as an array of one. With their own paths.
    std::vector<members> list(std::string_view name) const;
    /// The object with its own path; empty if absent.
    std::optional<members> inner(std::string_view name) const;
    /// Throws protocol_error if there is a member that is none of these.
    void refuse_others(std::initializer_list<std::string_view> known) const;

    /// Throw protocol_error also if it is absent, null, or an empty text.
    std::string required_text(std::string_view name) const;
    const json::object& required_object(std::string_view name) const;

    std::string path_of(std::string_view name) const;
    const json::object& object() const noexcept { return *from_; }

private:
    const json::object* from_;
    std::string path_;
};

/// The object that `text` holds, read strictly. Throws protocol_error if it holds anything else.
json::value parse_strict_object(std::string_view text);

}  // namespace hipchat::protocol
