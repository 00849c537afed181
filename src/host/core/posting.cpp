#include "host/core/posting.hpp"

#include <utility>

#include "protocol/card_check.hpp"
#include "protocol/message.hpp"

namespace hipchat::host {

std::variant<posting, protocol::validation_failure> read_posting(const json::value& body) {
    auto read = protocol::read_notification(body);
    if (auto* const failure = std::get_if<protocol::validation_failure>(&read))
        return std::move(*failure);
    posting made{std::get<notification>(std::move(read))};
    const json::value* const card = body.get_object().if_contains("card");
    if (card == nullptr || card->is_null()) return made;
    if (auto failure = protocol::check_card(*card)) return *std::move(failure);
    made.card = card->get_object();
    return made;
}

}  // namespace hipchat::host
