#include "host/inspector/traffic.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "host/core/dates.hpp"
#include "host/inspector/redact.hpp"

namespace hipchat::host {
namespace {

void hide(std::string& text, const secret& known) {
    if (known.empty()) return;
    for (std::size_t at = text.find(known.reveal()); at != std::string::npos;
         at = text.find(known.reveal(), at))
        text.replace(at, known.reveal().size(), hidden);
}

}  // namespace

json::object to_json(const exchange& value) {
    const bool is_outward = value.way == exchange::direction::to_addon;
    return {{"seq", value.seq},
            {"at", write_date(value.at)},
            {"direction", is_outward ? "to_addon" : "from_addon"},
            {"addon_key", value.addon_key},
            {"what", value.what},
            {"method", value.method},
            {"url", value.url},
            {"status", value.status},
            {"ms", value.took.count()},
            {"request", value.request},
            {"response", value.response},
            {"error", value.error}};
}

void traffic::record(exchange each, const secret& known) {
    for (std::string* const text : {&each.url, &each.request, &each.response, &each.error})
        hide(*text, known);
    each.seq = ++newest_;
    each.url = redact_url(each.url);
    each.request = redact_body(each.request);
    each.response = redact_body(each.response);
    kept_.push_back(std::move(each));
    if (kept_.size() > capacity_) kept_.pop_front();
    bell_.ring();
}

task<std::vector<exchange>> traffic::after(std::int64_t room_id, std::int64_t seq,
                                           std::chrono::nanoseconds patience) {
    const steady_time until = time_.monotonic() + patience;
    while (true) {
        std::vector<exchange> found = kept_after(room_id, seq);
        const auto left = until - time_.monotonic();
        if (!found.empty() || left.count() <= 0 || bell_.is_silent()) co_return found;
        bell::waiting rung = bell_.wait(left);
        co_await rung;
    }
}

std::vector<exchange> traffic::kept_after(std::int64_t room_id, std::int64_t seq) const {
    std::vector<exchange> found;
    std::ranges::copy_if(kept_, std::back_inserter(found), [&](const exchange& each) {
        return each.seq > seq && each.room_id.value_or(room_id) == room_id;
    });
    return found;
}

}  // namespace hipchat::host
