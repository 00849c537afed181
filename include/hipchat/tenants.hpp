#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hipchat/task.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat {

namespace detail {
struct tenant_pages;
}

/// Tenants one after the other:
///
///     auto all = add_on.tenants().all();
///     while (auto tenant = co_await all.next()) ...
///
/// Those that come or go meanwhile may be in it or not; none is in it twice. One next() at a time;
/// it must end before the range is destroyed.
class tenant_range {
public:
    /// Empty at the end. Throws hipchat::error when the store fails.
    task<std::optional<tenant>> next();

    /// For the library.
    explicit tenant_range(std::unique_ptr<detail::tenant_pages> pages) noexcept;
    tenant_range(tenant_range&&) noexcept;
    tenant_range& operator=(tenant_range&&) noexcept;
    ~tenant_range();

private:
    std::unique_ptr<detail::tenant_pages> pages_;
};

/// The installations of an add-on, for work that no request asked for. A value; cheap to copy, and
/// usable for as long as the add-on runs. Loop thread only.
class tenants {
public:
    /// Those that are active: not the few whose uninstall is being verified.
    tenant_range all() const;

    /// The installation of that oauthId; empty if there is none.
    task<std::optional<tenant>> find(std::string oauth_id) const;

    /// Active ones in a group, for single rooms as well as for all of it.
    /// @param host as tenant::host() gives it: ids are the host's own, and two may use the same
    tenant_range in_group(std::string host, std::int64_t group_id) const;

    /// Active ones for that single room.
    tenant_range in_room(std::string host, std::int64_t room_id) const;

    /// For the library.
    explicit tenants(const addons::access& to) noexcept : to_(&to) {}

private:
    const addons::access* to_;
};

}  // namespace hipchat
