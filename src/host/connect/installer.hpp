#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/connect/courier.hpp"
#include "host/connect/deliverer.hpp"
#include "host/connect/install_offer.hpp"
#include "host/core/clients.hpp"

namespace hipchat::host {

/// Installs and uninstalls add-ons: performs what install_offer says. Loop thread only.
class installer {
public:
    struct limits {
        std::chrono::milliseconds fetch_time{5'000};
        std::chrono::milliseconds answer_time{15'000};
        std::chrono::milliseconds farewell_time{10'000};
    };

    installer(courier& post, clients& installed, deliverer& deliveries, const self_address& self,
              const clock& time, background& work, limits within)
        : post_(post),
          clients_(installed),
          deliveries_(deliveries),
          self_(self),
          time_(time),
          work_(work),
          limits_(within) {}

    /// Reads the descriptor at `url` and judges it. A descriptor that names another URL of the same
    /// origin as its own is read again from there, once: people paste an add-on's base URL. What is
    /// answered says where it was read from. Throws install_refused.
    task<judged_descriptor> look_at(std::string url);

    /// The installed client. Throws install_refused; nothing is left of the attempt then.
    /// @param room_id absent: for the whole group
    /// @param agreed  the scopes that a person agreed to
    task<client_ptr> install(std::optional<std::int64_t> room_id, std::string url,
                             std::vector<scope> agreed);

    /// Makes the client void, durably, and then tells its add-on, whose answer does not matter.
    /// Ends before the add-on has answered. False if it was void already.
    task<bool> uninstall(client_ptr active);

    /// Tells the add-ons that an earlier life of the host did not come to tell.
    void say_late_farewells();

private:
    task<judged_descriptor> read_at(std::string url);
    task<client_ptr> perform(install_offer offer, std::int64_t room_id);
    task<> withdraw(client_ptr offered, bool tell);
    task<> say_farewell(client_ptr revoked);

    courier& post_;
    clients& clients_;
    deliverer& deliveries_;
    const self_address& self_;
    const clock& time_;
    background& work_;
    limits limits_;
};

}  // namespace hipchat::host
