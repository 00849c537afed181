#include "host/connect/installer.hpp"

#include <algorithm>
#include <utility>

#include "base/random.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t secret_length = 40;

// The id is one more segment of the callback's path; a query stays at the end (addon-side.md 2.3).
std::string farewell_url(const std::string& callback, const std::string& oauth_id) {
    const std::size_t mark = std::min(callback.find('?'), callback.size());
    return protocol::join_url(callback.substr(0, mark), oauth_id) + callback.substr(mark);
}

bool same_origin(std::string_view one, std::string_view other) {
    const auto first = protocol::parse_web_url(one);
    const auto second = protocol::parse_web_url(other);
    return first && second && first->origin() == second->origin();
}

}  // namespace

task<judged_descriptor> installer::look_at(std::string url) {
    judged_descriptor found = co_await read_at(url);
    if (found.value.self == url || !same_origin(found.value.self, url)) co_return found;
    std::string own = found.value.self;
    co_return co_await read_at(std::move(own));
}

task<judged_descriptor> installer::read_at(std::string url) {
    if (const auto text = descriptor_in(url)) co_return judge_descriptor(*text, url, self_);
    check_descriptor_url(url, self_);
    task<outcome> asking = post_.ask(descriptor_call(url, limits_.fetch_time));
    const outcome how = co_await asking;
    co_return judge_descriptor(descriptor_text(how, url), url, self_);
}

task<client_ptr> installer::install(std::optional<std::int64_t> room_id, std::string url,
                                    std::vector<scope> agreed) {
    install_terms terms;
    terms.url = std::move(url);
    terms.agreed = std::move(agreed);
    terms.room_id = room_id;
    terms.oauth_id = random_uuid();
    terms.oauth_secret = secret(random_alphanumeric(secret_length));
    terms.now = time_.now();
    terms.fetch_time = limits_.fetch_time;
    terms.answer_time = limits_.answer_time;
    task<client_ptr> performing =
        perform(install_offer(std::move(terms), self_), room_id.value_or(0));
    co_return co_await performing;
}

task<client_ptr> installer::perform(install_offer offer, std::int64_t room_id) {
    client_ptr offered;
    install_action next = offer.begin();
    while (true) {
        if (auto* const fetching = std::get_if<install_step::fetch>(&next)) {
            task<outcome> asking = post_.ask(std::move(fetching->call));
            const outcome how = co_await asking;
            next = offer.descriptor_came(how);
        } else if (auto* const activating = std::get_if<install_step::activate>(&next)) {
            task<client_ptr> offering =
                clients_.offer(std::move(activating->made), std::move(activating->descriptor_text));
            offered = co_await offering;
            next = offer.activated(offered != nullptr);
        } else if (auto* const posting = std::get_if<install_step::post>(&next)) {
            task<outcome> sending =
                post_.send(std::move(posting->call), "install", offered, room_id);
            const outcome how = co_await sending;
            next = offer.addon_answered(how);
        } else if (std::holds_alternative<install_step::confirm>(next)) {
            task<client_ptr> confirming = clients_.confirm(offered);
            const client_ptr installed = co_await confirming;
            if (!installed)
                throw install_refused(install_refused::reason::conflict,
                                      "the add-on was uninstalled while it was being installed");
            co_return installed;
        } else if (const auto* const failed = std::get_if<install_step::fail>(&next)) {
            throw install_refused(failed->why);
        } else {
            const install_step::withdraw& back = std::get<install_step::withdraw>(next);
            task<> withdrawing = withdraw(offered, back.tell);
            co_await withdrawing;
            throw install_refused(back.why);
        }
    }
}

task<> installer::withdraw(client_ptr offered, bool tell) {
    task<bool> revoking = clients_.revoke(offered, tell);
    co_await revoking;
    if (tell) work_.run("telling an add-on that it is not installed", say_farewell(offered));
}

task<bool> installer::uninstall(client_ptr active) {
    const bool tell = !active->descriptor.installable.callback_url.empty();
    task<bool> revoking = clients_.revoke(active, tell);
    const bool revoked = co_await revoking;
    deliveries_.forget(active->oauth_id);
    if (revoked && tell)
        work_.run("telling an add-on that it was uninstalled", say_farewell(active));
    co_return revoked;
}

task<> installer::say_farewell(client_ptr revoked) {
    const std::string& callback = revoked->descriptor.installable.callback_url;
    if (!callback.empty()) {
        transport::http_call call;
        call.method = "DELETE";
        call.url = farewell_url(callback, revoked->oauth_id);
        call.timeout = limits_.farewell_time;
        task<outcome> sending =
            post_.send(std::move(call), "uninstall", revoked, revoked->room_id.value_or(0));
        co_await sending;
    }
    task<> telling = clients_.told(revoked->oauth_id);
    co_await telling;
}

void installer::say_late_farewells() {
    for (const client_ptr& each : clients_.untold())
        work_.run("telling an add-on that it was uninstalled", say_farewell(each));
}

}  // namespace hipchat::host
