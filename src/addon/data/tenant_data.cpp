#include "hipchat/data.hpp"

#include <utility>

#include "addon/access.hpp"
#include "addon/data/data_access.hpp"
#include "protocol/utf8.hpp"

namespace hipchat {
namespace {

using addons::data_access;
using storage::data_change;
using storage::data_partition;

// Updates of one entry by this process wait for each other, so only as many others as that can be
// in the way.
constexpr int update_attempts = 100;

data_partition author_space(const storage::tenant& of) {
    return data_access::partition_of(of, storage::data_space::author);
}

// The beginning of a key, for an error.
std::string shown(const std::string& key) {
    return key.size() <= 60 ? "'" + key + "'" : "'" + key.substr(0, 60) + "…'";
}

void check_key(const std::string& key) {
    if (key.empty()) throw config_error("data: a key must not be empty");
    if (key.size() > tenant_data::max_key_bytes)
        throw config_error("data: the key " + shown(key) + " has " + std::to_string(key.size())
                           + " bytes; use at most " + std::to_string(tenant_data::max_key_bytes));
    if (!protocol::count_characters(key)) throw config_error("data: a key is not UTF-8");
}

std::string text_of(const std::string& key, const json::value& value) {
    std::string text = json::serialize(value);
    if (text.size() > tenant_data::max_value_bytes)
        throw config_error("data: the value of " + shown(key) + " has "
                           + std::to_string(text.size()) + " bytes as JSON; use at most "
                           + std::to_string(tenant_data::max_value_bytes)
                           + ", or spread it over several keys");
    return text;
}

void throw_if_gone(data_change ended, const data_partition& where) {
    if (ended == data_change::gone)
        throw tenant_gone("data: the installation " + where.oauth_id
                          + " was removed; its data can only be read");
}

task<std::optional<json::value>> read(data_access& data, data_partition where, std::string key) {
    check_key(key);
    task<std::optional<std::string>> reading = data.repository().get(where, std::move(key));
    const std::optional<std::string> text = co_await reading;
    if (!text) co_return std::nullopt;
    co_return json::parse(*text);
}

task<> write(data_access& data, data_partition where, std::string key, json::value value) {
    check_key(key);
    std::string text = text_of(key, value);
    task<data_change> setting = data.repository().set(where, std::move(key), std::move(text));
    const data_change ended = co_await setting;
    throw_if_gone(ended, where);
}

task<bool> remove(data_access& data, data_partition where, std::string key) {
    check_key(key);
    task<data_change> erasing = data.repository().erase(where, std::move(key));
    const data_change ended = co_await erasing;
    throw_if_gone(ended, where);
    co_return ended == data_change::done;
}

task<bool> replace(data_access& data, data_partition where, std::string key,
                   std::optional<json::value> expected, json::value value) {
    check_key(key);
    std::optional<std::string> before;
    if (expected) before = json::serialize(*expected);
    std::string text = text_of(key, value);
    task<data_change> replacing =
        data.repository().replace(where, std::move(key), std::move(before), std::move(text));
    const data_change ended = co_await replacing;
    throw_if_gone(ended, where);
    co_return ended == data_change::done;
}

using change_function = std::function<json::value(json::value current)>;

task<json::value> change_stored(data_access& data, data_partition where, std::string key,
                                change_function change) {
    check_key(key);
    const keyed_lock::guard turn = co_await data.turn(where, key);
    for (int attempt = 0; attempt < update_attempts; ++attempt) {
        task<std::optional<std::string>> reading = data.repository().get(where, key);
        std::optional<std::string> before = co_await reading;
        json::value after = change(before ? json::parse(*before) : json::value());
        task<data_change> replacing =
            data.repository().replace(where, key, std::move(before), text_of(key, after));
        const data_change ended = co_await replacing;
        throw_if_gone(ended, where);
        if (ended == data_change::done) co_return after;
    }
    throw error("data: other processes kept changing " + shown(key) + "; try again later");
}

json::value sum(const json::value& current, std::int64_t amount, const std::string& key) {
    if (current.is_null()) return amount;
    std::int64_t total = 0;
    if (!current.is_int64())
        throw error("data: the value of " + shown(key) + " is not a whole number");
    if (__builtin_add_overflow(current.get_int64(), amount, &total))
        throw error("data: the sum for " + shown(key) + " does not fit into 64 bits");
    return total;
}

task<std::int64_t> add_to_stored(data_access& data, data_partition where, std::string key,
                                 std::int64_t amount) {
    change_function adding = [key, amount](const json::value& current) {
        return sum(current, amount, key);
    };
    task<json::value> changing = change_stored(data, where, key, std::move(adding));
    const json::value total = co_await changing;
    co_return total.get_int64();
}

task<std::vector<tenant_data::entry>> read_page(data_access& data, data_partition where,
                                                std::string prefix, std::string after,
                                                std::size_t limit) {
    task<std::vector<storage::data_entry>> reading =
        data.repository().list(where, std::move(prefix), std::move(after), limit);
    const std::vector<storage::data_entry> page = co_await reading;
    std::vector<tenant_data::entry> entries;
    entries.reserve(page.size());
    for (const storage::data_entry& one : page)
        entries.push_back({one.key, json::parse(one.value)});
    co_return entries;
}

}  // namespace

tenant_data::tenant_data(const addons::access& to,
                         std::shared_ptr<const storage::tenant> of) noexcept
    : to_(&to), of_(std::move(of)) {
}

// The tasks own all that they need: a handle may be a temporary.

task<std::optional<json::value>> tenant_data::get(std::string key) const {
    return read(to_->data, author_space(*of_), std::move(key));
}

task<> tenant_data::set(std::string key, json::value value) const {
    return write(to_->data, author_space(*of_), std::move(key), std::move(value));
}

task<bool> tenant_data::erase(std::string key) const {
    return remove(to_->data, author_space(*of_), std::move(key));
}

task<bool> tenant_data::compare_and_set(std::string key, std::optional<json::value> expected,
                                        json::value value) const {
    return replace(to_->data, author_space(*of_), std::move(key), std::move(expected),
                   std::move(value));
}

task<json::value> tenant_data::update(std::string key, change_function change) const {
    return change_stored(to_->data, author_space(*of_), std::move(key), std::move(change));
}

task<std::int64_t> tenant_data::add(std::string key, std::int64_t amount) const {
    return add_to_stored(to_->data, author_space(*of_), std::move(key), amount);
}

task<std::vector<tenant_data::entry>> tenant_data::list(std::string prefix, std::string after,
                                                        std::size_t limit) const {
    return read_page(to_->data, author_space(*of_), std::move(prefix), std::move(after), limit);
}

data_range tenant_data::all(std::string prefix) const {
    return {*this, std::move(prefix)};
}

data_range::data_range(tenant_data of, std::string prefix)
    : of_(std::move(of)), prefix_(std::move(prefix)) {
}

task<std::optional<tenant_data::entry>> data_range::next() {
    constexpr std::size_t page_size = 100;
    if (taken_ == page_.size() && !last_page_) {
        task<std::vector<tenant_data::entry>> reading = of_.list(prefix_, after_, page_size);
        page_ = co_await reading;
        taken_ = 0;
        last_page_ = page_.size() < page_size;
        if (!page_.empty()) after_ = page_.back().key;
    }
    if (taken_ == page_.size()) co_return std::nullopt;
    co_return std::move(page_[taken_++]);
}

}  // namespace hipchat
