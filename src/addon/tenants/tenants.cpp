#include "hipchat/tenants.hpp"

#include <utility>
#include <vector>

#include "addon/access.hpp"
#include "addon/handles.hpp"
#include "addon/tenant_directory.hpp"

namespace hipchat {

/// Where a range of tenants is: one page of them, and how to get the next.
struct detail::tenant_pages {
    const addons::access& to;
    std::optional<storage::tenant_place> place = {};  ///< empty: everywhere
    std::int64_t id = 0;                              ///< of the place
    std::string host = {};                            ///< of the place
    std::string after = {};
    std::vector<storage::tenant> page = {};
    std::size_t taken = 0;
    bool last = false;
};

namespace {

constexpr std::size_t page_size = 100;

task<> turn(detail::tenant_pages& at) {
    storage::tenant_repository& stored = at.to.tenants.repository();
    task<std::vector<storage::tenant>> reading =
        at.place ? stored.list_in(*at.place, at.id, at.after, page_size)
                 : stored.list(storage::tenant::status::active, at.after, page_size);
    at.page = co_await reading;
    at.taken = 0;
    at.last = at.page.size() < page_size;
    if (!at.page.empty()) at.after = at.page.back().oauth_id;
}

task<std::optional<tenant>> look_up(const addons::access& to, std::string oauth_id) {
    task<addons::tenant_directory::entry> finding = to.tenants.find(std::move(oauth_id));
    addons::tenant_directory::entry found = co_await finding;
    if (!found) co_return std::nullopt;
    co_return detail::tenant_of(to, std::move(found));
}

}  // namespace

tenant_range::tenant_range(std::unique_ptr<detail::tenant_pages> pages) noexcept
    : pages_(std::move(pages)) {
}

tenant_range::tenant_range(tenant_range&&) noexcept = default;
tenant_range& tenant_range::operator=(tenant_range&&) noexcept = default;
tenant_range::~tenant_range() = default;

task<std::optional<tenant>> tenant_range::next() {
    detail::tenant_pages& at = *pages_;
    while (true) {
        if (at.taken == at.page.size()) {
            if (at.last) co_return std::nullopt;
            task<> turning = turn(at);
            co_await turning;
            continue;
        }
        auto stored = std::make_shared<const storage::tenant>(std::move(at.page[at.taken++]));
        tenant found = detail::tenant_of(at.to, std::move(stored));
        if (!at.place || found.host() == at.host) co_return found;
    }
}

tenant_range tenants::all() const {
    return tenant_range(std::make_unique<detail::tenant_pages>(detail::tenant_pages{*to_}));
}

tenant_range tenants::in_group(std::string host, std::int64_t group_id) const {
    return tenant_range(std::make_unique<detail::tenant_pages>(
        detail::tenant_pages{*to_, storage::tenant_place::group, group_id, std::move(host)}));
}

tenant_range tenants::in_room(std::string host, std::int64_t room_id) const {
    return tenant_range(std::make_unique<detail::tenant_pages>(
        detail::tenant_pages{*to_, storage::tenant_place::room, room_id, std::move(host)}));
}

task<std::optional<tenant>> tenants::find(std::string oauth_id) const {
    return look_up(*to_, std::move(oauth_id));
}

}  // namespace hipchat
