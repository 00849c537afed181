#pragma once

#include <optional>
#include <string>

#include "base/keyed_lock.hpp"
#include "hipchat/json.hpp"
#include "hipchat/task.hpp"
#include "storage/tenant_data.hpp"
#include "storage/tenants.hpp"

namespace hipchat::addons {

/// The way to the data of tenants, for handles and for the library's own parts. Loop thread only.
class data_access {
public:
    /// @param repository must outlive this
    explicit data_access(storage::tenant_data_repository& repository) : repository_(repository) {}

    storage::tenant_data_repository& repository() noexcept { return repository_; }

    /// Lets one update of an entry happen at a time in this process, so that only other processes
    /// can make it start again.
    task<keyed_lock::guard> turn(const storage::data_partition& where, const std::string& key) {
        return turns_.acquire(where.oauth_id + '\n' + std::to_string(where.since) + '\n'
                              + std::to_string(static_cast<int>(where.space)) + '\n' + key);
    }

    /// Where the data of a stored tenant are: the only way to name a partition.
    static storage::data_partition partition_of(const storage::tenant& of,
                                                storage::data_space space) {
        return {of.oauth_id, of.since, space};
    }

private:
    storage::tenant_data_repository& repository_;
    keyed_lock turns_;
};

}  // namespace hipchat::addons
