// Writes tenants into the SQLite file named by its argument until it is killed. It prints one line
// for each that was acknowledged: "+ID" for an install, "-ID" for an uninstall. Those that it means
// to uninstall begin with "gone". Several of it may share the file.

#include <unistd.h>

#include <cstdlib>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sample_tenant.hpp"
#include "storage/sqlite/tenants.hpp"
#include "support/test_loop.hpp"

namespace hipchat::storage {
namespace {

// One system call a line, so that no line is ever torn.
void print(const std::string& line) {
    const std::string ended = line + "\n";
    if (::write(STDOUT_FILENO, ended.data(), ended.size()) != std::ssize(ended)) std::abort();
}

task<> install_for_ever(tenant_repository& store, std::string prefix) {
    for (int i = 0;; ++i) {
        const bool passing = i % 3 == 2;
        const std::string id = (passing ? "gone-" : "kept-") + prefix + "-" + std::to_string(i);
        task<std::optional<tenant>> putting = store.put(sample_tenant(id), 0);
        const std::optional<tenant> stored = co_await putting;
        if (!stored) std::abort();
        print("+" + id);
        if (!passing) continue;
        task<bool> removing = store.remove(id, stored->generation);
        const bool removed = co_await removing;
        if (!removed) std::abort();
        print("-" + id);
    }
}

void write_until_killed(const std::string& path) {
    testing::test_loop loop;
    const auto store = open_sqlite_tenants(loop, path);
    std::vector<task<>> writers;
    writers.reserve(16);
    for (int i = 0; i < 16; ++i)
        writers.push_back(
            install_for_ever(*store, std::to_string(::getpid()) + "-" + std::to_string(i)));
    loop.run_all(std::move(writers));
}

}  // namespace
}  // namespace hipchat::storage

int main(int count, char** values) {
    const std::span<char*> arguments(values, static_cast<std::size_t>(count));
    if (arguments.size() != 2) return 2;
    hipchat::storage::write_until_killed(arguments[1]);
}
