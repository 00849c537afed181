#pragma once

// What an add-on keeps for a tenant. Not part of <hipchat/addon.hpp>, because it includes
// Boost.JSON.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "hipchat/task.hpp"

namespace hipchat {

namespace addons {
struct access;
}
namespace storage {
struct tenant;
}
class data_range;

/// The tenant was uninstalled while its data were to be changed.
class tenant_gone : public error {
public:
    using error::error;
};

/// JSON values by key, kept for one installation: tenant::data(). No other installation's can be
/// reached through it. A change is durable when its task ends.
///
/// An update keeps the data. After an uninstall they can still be read until they are purged
/// (AC_DATA_GRACE, 7 days), and changing them throws tenant_gone.
///
/// Keys have 1 to 250 bytes of UTF-8; a value has at most 256 KiB as JSON text. What exceeds that
/// throws config_error naming the key. Everything throws hipchat::error when the store fails.
///
/// A value; cheap to copy. Loop thread only.
class tenant_data {
public:
    struct entry {
        std::string key = {};
        json::value value = {};
    };
    static constexpr std::size_t max_key_bytes = 250;
    static constexpr std::size_t max_value_bytes = std::size_t{256} * 1024;

    /// Empty if nothing is stored under `key`.
    task<std::optional<json::value>> get(std::string key) const;

    /// Stores `value`, whatever was there. In a co_await expression do not write a braced list for
    /// it: name the value on the line before (see task.hpp).
    task<> set(std::string key, json::value value) const;

    /// Whether there was something to remove.
    task<bool> erase(std::string key) const;

    /// Stores `value` if what is stored equals `expected` (empty: nothing is stored); false if not.
    task<bool> compare_and_set(std::string key, std::optional<json::value> expected,
                               json::value value) const;

    /// Stores what `change` makes of the stored value (null if there is none) and returns it. Of
    /// updates that happen at the same time none is lost, also between processes: `change` may be
    /// called more than once. What it throws is thrown, and nothing is changed. Name `change` on
    /// the line before the co_await (see task.hpp).
    task<json::value> update(std::string key,
                             std::function<json::value(json::value current)> change) const;

    /// Adds to a whole number, 0 if nothing is stored, and returns the sum; none is lost. Throws
    /// hipchat::error if something else is stored, or if the sum has more than 64 bits.
    task<std::int64_t> add(std::string key, std::int64_t amount = 1) const;

    /// Entries whose keys begin with `prefix`, in the order of their bytes, at most `limit`, after
    /// the key `after` (empty: from the first).
    task<std::vector<entry>> list(std::string prefix = "", std::string after = "",
                                  std::size_t limit = 100) const;

    /// All entries whose keys begin with `prefix`, read page by page.
    data_range all(std::string prefix = "") const;

    /// For the library.
    tenant_data(const addons::access& to, std::shared_ptr<const storage::tenant> of) noexcept;

private:
    const addons::access* to_;
    std::shared_ptr<const storage::tenant> of_;
};

/// Entries one after the other:
///
///     auto scores = tenant.data().all("score:");
///     while (auto one = co_await scores.next()) ...
///
/// An entry that changes meanwhile is seen as it was or as it is. One next() at a time; it must end
/// before the range is destroyed.
class data_range {
public:
    /// Empty at the end.
    task<std::optional<tenant_data::entry>> next();

    /// For the library.
    data_range(tenant_data of, std::string prefix);

private:
    tenant_data of_;
    std::string prefix_;
    std::string after_;
    std::vector<tenant_data::entry> page_;
    std::size_t taken_ = 0;
    bool last_page_ = false;
};

}  // namespace hipchat
