#include "host/api/person_fields.hpp"

#include "host/core/people.hpp"
#include "protocol/utf8.hpp"

namespace hipchat::host {
namespace {

constexpr text_length name_length{1, 50};
constexpr text_length email_length{3, 254};
constexpr text_length mention_length{1, 51};
constexpr text_length zone_length{1, 64};
constexpr text_length status_length{0, 255};
constexpr text_length password_length{8, 200};

}  // namespace

std::string read_name(const fields& body) {
    auto name = tidy_name(body.text("name", name_length));
    if (!name)
        refuse_field("name", "format", *body.find("name"), "must be visible text on one line");
    return *std::move(name);
}

std::string read_email(const fields& body) {
    std::string email = body.text("email", email_length);
    const std::size_t at = email.find('@');
    if (at == 0 || at == std::string::npos || at + 1 == email.size()
        || email.find('@', at + 1) != std::string::npos || email.find(' ') != std::string::npos)
        refuse_field("email", "format", json::string(email), "is no e-mail address");
    return email;
}

std::string read_mention(const fields& body) {
    std::string mention = body.optional_text("mention_name", mention_length).value_or("");
    if (mention.starts_with('@')) mention.erase(0, 1);
    if (!mention.empty() && !is_mention_name(mention))
        refuse_field("mention_name", "format", json::string(mention),
                     "must be letters, digits and '_'");
    return mention;
}

std::optional<std::string> optional_timezone(const fields& body) {
    return body.optional_text("timezone", zone_length);
}

secret read_password(const fields& body, std::string_view name) {
    const json::value* const sent = body.find(name);
    if (sent == nullptr || !sent->is_string())
        refuse_field(std::string(name), "required", nullptr, "is required");
    const std::size_t length = protocol::count_characters(sent->get_string()).value_or(0);
    // What was sent is not sent back.
    if (length < password_length.least || length > password_length.most)
        refuse_field(std::string(name), "length", nullptr,
                     "must have 8 to 200 characters; a few words are better than one with digits");
    return secret(std::string(sent->get_string()));
}

void read_presence(const fields& body, person& changed) {
    const auto presence = body.optional_object("presence");
    if (!presence) return;
    const fields inner(*presence);
    changed.status.status = inner.optional_text("status", status_length).value_or("");
    changed.status.show =
        inner.optional_one_of("show", {"", "chat", "away", "xa", "dnd"}).value_or("");
    if (changed.status.show == "chat") changed.status.show.clear();
}

}  // namespace hipchat::host
