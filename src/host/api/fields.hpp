#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "hipchat/json.hpp"
#include "host/api/refusal.hpp"

namespace hipchat::host {

/// How long a text may be, in characters.
struct text_length {
    std::size_t least = 0;
    std::size_t most = 10'000;
};

/// Throws refusal(400) that names the field, the rule and what was sent (host-side.md 3.4).
/// @param why begins after "Value for field '…' "
[[noreturn]] void refuse_field(std::string field, std::string rule, const json::value& sent,
                               const std::string& why);

/// The members of a body that a client sent. Each read throws refusal(400) naming the member and
/// the rule that it broke; null counts as absent, and members that nobody asks for do not matter.
class fields {
public:
    explicit fields(json::object body) : body_(std::move(body)) {}

    /// Null if absent.
    const json::value* find(std::string_view name) const noexcept;

    std::string text(std::string_view name, text_length length) const;
    std::optional<std::string> optional_text(std::string_view name, text_length length) const;
    std::string one_of(std::string_view name, std::initializer_list<std::string_view> known) const;
    std::optional<std::string> optional_one_of(std::string_view name,
                                               std::initializer_list<std::string_view> known) const;
    bool boolean(std::string_view name) const;
    std::optional<bool> optional_boolean(std::string_view name) const;
    /// An object of its own.
    std::optional<json::object> optional_object(std::string_view name) const;
    /// A number, or text: as clients write ids of people.
    std::optional<std::string> optional_id(std::string_view name) const;

private:
    const json::value& required(std::string_view name) const;

    json::object body_;
};

}  // namespace hipchat::host
