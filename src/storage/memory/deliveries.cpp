#include "storage/memory/deliveries.hpp"

#include <algorithm>

namespace hipchat::storage {

using entry = memory_tenant_book::delivery;

task<keep_result> memory_deliveries::keep(kept_delivery value,
                                          std::optional<protocol::sha256_digest> key,
                                          std::size_t most) {
    const auto tenant = book_->installed.find(value.oauth_id);
    if (tenant == book_->installed.end() || tenant->second.since != value.since)
        co_return keep_result{keeping::gone};
    const bool known = key && std::ranges::any_of(book_->deliveries, [&](const auto& one) {
                           return one.second.key == key;
                       });
    if (known) co_return keep_result{keeping::known};
    if (count(false) >= most) co_return keep_result{keeping::full};
    value.id = ++last_id_;
    book_->deliveries.emplace(last_id_, entry{std::move(value), key});
    co_return keep_result{keeping::kept, last_id_};
}

task<std::size_t> memory_deliveries::revive() {
    for (auto& [id, one] : book_->deliveries)
        if (!one.due && !one.dead) one.due = std::chrono::milliseconds(0);
    co_return count(false);
}

task<std::vector<kept_delivery>> memory_deliveries::take(std::chrono::milliseconds now,
                                                         std::size_t limit) {
    std::vector<entry*> due;
    for (auto& [id, one] : book_->deliveries)
        if (one.due && *one.due <= now) due.push_back(&one);
    std::ranges::stable_sort(due, {}, [](const entry* one) { return *one->due; });
    if (due.size() > limit) due.resize(limit);
    std::vector<kept_delivery> taken;
    for (entry* one : due) {
        one->due.reset();
        ++one->value.attempt;
        taken.push_back(one->value);
    }
    co_return taken;
}

task<std::optional<std::chrono::milliseconds>> memory_deliveries::next_due() {
    std::optional<std::chrono::milliseconds> next;
    for (const auto& [id, one] : book_->deliveries)
        if (one.due && (!next || *one.due < *next)) next = one.due;
    co_return next;
}

task<> memory_deliveries::remove(std::int64_t id) {
    book_->deliveries.erase(id);
    co_return;
}

task<> memory_deliveries::postpone(std::int64_t id, std::chrono::milliseconds due) {
    const auto found = book_->deliveries.find(id);
    if (found != book_->deliveries.end()) found->second.due = due;
    co_return;
}

task<> memory_deliveries::bury(std::int64_t id) {
    const auto found = book_->deliveries.find(id);
    if (found == book_->deliveries.end()) co_return;
    found->second.dead = true;
    found->second.due.reset();
    if (count(true) <= most_dead) co_return;
    book_->deliveries.erase(
        std::ranges::find_if(book_->deliveries, [](const auto& one) { return one.second.dead; }));
}

std::size_t memory_deliveries::count(bool dead) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        book_->deliveries, [dead](const auto& one) { return one.second.dead == dead; }));
}

}  // namespace hipchat::storage
