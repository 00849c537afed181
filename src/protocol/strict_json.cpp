#include "protocol/strict_json.hpp"

#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>
#include <string>
#include <utility>

#include "hipchat/errors.hpp"

namespace hipchat::protocol {
namespace {

// Builds a value and counts the members that were written. Boost.JSON keeps the last of repeated
// members, so fewer members in the value than in the text means that one was repeated.
class builder {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    builder(json::storage_ptr memory, unsigned char* scratch, std::size_t scratch_size)
        : stack_({}, scratch, scratch_size) {
        stack_.reset(std::move(memory));
    }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) { return true; }
    bool on_object_end(std::size_t members, json::error_code&) {
        members_ += members;
        stack_.push_object(members);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t elements, json::error_code&) {
        stack_.push_array(elements);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_key(part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
        stack_.push_uint64(number);
        return true;
    }
    // What no double can hold would be infinite, which JSON cannot say again.
    bool on_double(double number, json::string_view, json::error_code& error) {
        if (!std::isfinite(number)) error = json::error::exponent_overflow;
        stack_.push_double(number);
        return !error;
    }
    bool on_bool(bool value, json::error_code&) {
        stack_.push_bool(value);
        return true;
    }
    bool on_null(json::error_code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    json::value release() { return stack_.release(); }
    std::size_t members() const noexcept { return members_; }

private:
    json::value_stack stack_;
    std::size_t members_ = 0;
};

std::size_t count_members(const json::value& value) {
    std::size_t count = 0;
    if (const json::object* object = value.if_object()) {
        count = object->size();
        for (const auto& member : *object)
            count += count_members(member.value());
    } else if (const json::array* array = value.if_array()) {
        for (const json::value& element : *array)
            count += count_members(element);
    }
    return count;
}

}  // namespace

json::value parse_strict(std::string_view text, json::storage_ptr memory) {
    std::array<unsigned char, 1024> scratch;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    json::basic_parser<builder> parser(json::parse_options{}, std::move(memory), scratch.data(),
                                       scratch.size());
    json::error_code error;
    const std::size_t taken = parser.write_some(false, text.data(), text.size(), error);
    if (!error && taken < text.size()) error = json::error::extra_data;
    if (error)
        throw protocol_error("", "not a JSON document (" + error.message() + " at byte "
                                     + std::to_string(taken) + "); send one well-formed value");
    json::value value = parser.handler().release();
    if (count_members(value) != parser.handler().members())
        throw protocol_error("", "an object names a member twice; send each member once");
    return value;
}

}  // namespace hipchat::protocol
