#include "addon/dynamic_webhooks/registrations.hpp"

#include "addon/data/data_access.hpp"
#include "hipchat/data.hpp"

namespace hipchat::addons {
namespace {

storage::data_partition place_of(const storage::tenant& of) {
    return data_access::partition_of(of, storage::data_space::library);
}

void throw_if_gone(storage::data_change ended, const storage::tenant& of) {
    if (ended == storage::data_change::gone)
        throw tenant_gone("webhook: the installation " + of.oauth_id
                          + " was removed, and its webhooks with it");
}

}  // namespace

task<std::optional<registration>> registrations::find(tenant_ptr of, std::string id) {
    const std::string key = registration_key(id);
    task<std::optional<std::string>> reading = kept_.get(place_of(*of), key);
    const std::optional<std::string> text = co_await reading;
    if (!text) co_return std::nullopt;
    co_return read_registration(key, *text);
}

task<std::vector<registration>> registrations::list(tenant_ptr of, std::int64_t room) {
    constexpr std::size_t page_size = 100;
    std::vector<registration> found;
    std::string after;
    while (true) {
        task<std::vector<storage::data_entry>> reading =
            kept_.list(place_of(*of), registration_prefix(room), after, page_size);
        const std::vector<storage::data_entry> page = co_await reading;
        for (const storage::data_entry& one : page)
            found.push_back(read_registration(one.key, one.value));
        if (page.size() < page_size) co_return found;
        after = page.back().key;
    }
}

task<> registrations::put(tenant_ptr of, registration what) {
    task<storage::data_change> writing =
        kept_.set(place_of(*of), registration_key(what.id), write_registration(what));
    const storage::data_change ended = co_await writing;
    throw_if_gone(ended, *of);
}

task<> registrations::erase(tenant_ptr of, std::string id) {
    task<storage::data_change> erasing = kept_.erase(place_of(*of), registration_key(id));
    const storage::data_change ended = co_await erasing;
    throw_if_gone(ended, *of);
}

}  // namespace hipchat::addons
