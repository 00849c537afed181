#include <algorithm>

#include "addon/environment.hpp"
#include "addon/process/process.hpp"
#include "addon/settings.hpp"
#include "base/spawn.hpp"
#include "hipchat/addon.hpp"
#include "hipchat/asio.hpp"
#include "transport/io_loop.hpp"

namespace hipchat {
namespace {

addons::settings read(const named_settings& given) {
    addons::settings values;
    std::vector<std::string> names;
    read_environment(values, [&](std::string_view name) -> std::optional<std::string> {
        const auto last =
            std::ranges::find(given.rbegin(), given.rend(), name,
                              [](const auto& one) -> std::string_view { return one.first; });
        return last == given.rend() ? std::nullopt : std::optional<std::string>(last->second);
    });
    for (const auto& one : given)
        names.push_back(one.first);
    // In a program, unlike in an environment that many things share, it can only be a mistake.
    const std::vector<std::string> unknown = addons::unknown_settings(names);
    if (!unknown.empty())
        throw config_error(unknown.front() + ": there is no setting of this name; see the table");
    return values;
}

std::vector<const detail::declaration*> declarations(const addons_to_run& programs) {
    std::vector<const detail::declaration*> declared;
    for (const addon& each : programs)
        declared.push_back(&each.declared());
    return declared;
}

void log_failure(logger& log, const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        log.error("the add-on must not serve", {{"error", error.what()}});
    }
}

}  // namespace

class mounted::impl {
public:
    impl(boost::asio::io_context& context, const addons_to_run& programs,
         const addons::settings& given, started then)
        : log_(stderr_logger(given.debug ? log_level::debug : log_level::info,
                             given.log_json ? log_format::json : log_format::text)),
          loop_(context),
          running_(loop_, declarations(programs), given, log_, system_clock()),
          then_(std::move(then)) {
        loop_.post([this] {
            spawn(running_.begin(), [this](const std::exception_ptr& failure) { begun(failure); });
        });
    }

    addons::process& running() noexcept { return running_; }

private:
    void begun(const std::exception_ptr& failure) {
        if (then_)
            then_(failure);
        else if (failure)
            log_failure(log_, failure);
    }

    logger& log_;
    transport::io_loop loop_;
    addons::process running_;
    started then_;
};

named_settings settings_of_environment() {
    named_settings found;
    for (const std::string& name : addons::variable_names()) {
        // Those that do not exist are for run() to report: they may be another program's.
        if (!name.starts_with("AC_") || !addons::unknown_settings(std::span(&name, 1)).empty())
            continue;
        found.emplace_back(name, addons::variable(name).value_or(std::string()));
    }
    return found;
}

mounted::mounted(boost::asio::io_context& loop, addon& program, const named_settings& given,
                 started then)
    : mounted(loop, addons_to_run{program}, given, std::move(then)) {
}

mounted::mounted(boost::asio::io_context& loop, const addons_to_run& programs,
                 const named_settings& given, started then)
    : impl_(std::make_unique<impl>(loop, programs, read(given), std::move(then))) {
}

mounted::~mounted() = default;

std::uint16_t mounted::port() const noexcept {
    return impl_->running().port();
}

const std::string& mounted::base_url() const noexcept {
    return impl_->running().base_url();
}

void mounted::drain(std::function<void(std::size_t left)> drained) {
    impl_->running().drain(std::move(drained));
}

}  // namespace hipchat
