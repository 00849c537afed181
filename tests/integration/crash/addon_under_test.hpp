#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "storage/tenants.hpp"
#include "support/child_process.hpp"
#include "support/plain_http.hpp"
#include "support/scripted_host.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {

/// crash_addon on a store of its own, started as often as it takes. Requests may be made from
/// every thread; the rest belongs to the test's.
class addon_under_test {
public:
    explicit addon_under_test(scripted_host& host) : host_(host) {}

    /// Starts it; the one before must have ended.
    /// @param fatal_step number of the step at which it kills itself; 0: none
    void start(int fatal_step = 0);
    /// Kills it, unless it has ended already, and waits for its end.
    void kill();
    /// Waits for its end at the fatal step.
    void wait_until_killed();
    child_process& process() noexcept { return *process_; }

    // The answer's status; 0 if the add-on ended before there was one.
    int install(const std::string& id) const;
    int uninstall(const std::string& id) const;
    int webhook(const std::string& id) const;
    int message(const std::string& id, const std::string& text) const;

    /// Rows in the table of kept deliveries. The add-on must not run.
    std::int64_t kept_deliveries() const;

    /// What is stored. The add-on must not run.
    std::vector<storage::tenant> stored() const;
    /// The same by id; null if it is not stored.
    std::unique_ptr<storage::tenant> stored(const std::string& id) const;
    /// Fails the test unless the file is sound and every tenant in it is whole.
    void expect_sound() const;

    static secret key_of(const std::string& id) { return secret("secret of " + id); }

private:
    int deliver(const std::string& id, const std::string& path, const std::string& body) const;
    std::string path() const { return folder_.file("addon.db"); }

    scripted_host& host_;
    temporary_folder folder_;
    std::unique_ptr<child_process> process_;
    std::uint16_t port_ = 0;
};

}  // namespace hipchat::testing
