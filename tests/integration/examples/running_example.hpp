#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hipchat/descriptor.hpp"
#include "hipchat/json.hpp"
#include "hipchat/secret.hpp"
#include "support/child_process.hpp"
#include "support/plain_http.hpp"
#include "support/scripted_host.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {

/// Somebody who types or looks.
struct someone {
    std::int64_t id = 117;
    std::string name = "Ada Lindqvist";
    std::string mention_name = "AdaL";
};

/// One installation of the example.
struct credentials {
    std::string oauth_id = {};
    secret key = {};
    std::optional<std::int64_t> room = {};  ///< absent: installed for the group
};

/// An example as a person starts it, in a folder that has nothing to do with it, and a host that
/// does to it what the protocol says. The room is 4021 unless a test names another.
class running_example : public ::testing::Test {
protected:
    static constexpr std::int64_t room = 4021;

    /// @param program its name, which is that of its file
    /// @param settings of the environment, beside those of every example
    explicit running_example(std::string program, std::map<std::string, std::string> settings = {});
    ~running_example() override;

    /// Installs it and expects it to accept.
    credentials install(std::optional<std::int64_t> into = room);
    /// Removes it as the host does, first from itself; the answer is the example's.
    plain_answer uninstall(const credentials& from);

    const descriptor& described() const noexcept { return described_; }

    // What the host does when people act in a room.

    /// Delivers a message to the webhooks whose pattern is in it, and answers what the add-on
    /// answered to the last of them: the text of a notification, empty if there was none.
    std::string say(const credentials& in, const std::string& text, const someone& by = {},
                    std::int64_t where = room);
    /// The same with the whole answer; an empty optional if no webhook wants the message.
    std::optional<plain_answer> deliver(const credentials& in, const std::string& text,
                                        const someone& by = {}, std::int64_t where = room);
    /// A message arrives at a webhook of that URL.
    plain_answer deliver_to(const std::string& url, const credentials& in, const std::string& text,
                            const someone& by = {}, std::int64_t where = room);
    /// Asks for a glance, as a browser on the host's pages does.
    plain_answer glance(const credentials& in, const std::string& key, std::int64_t where = room);
    /// Opens the page at `path` as the host does.
    plain_answer open(const credentials& in, const std::string& path, const someone& by = {},
                      std::int64_t where = room);
    /// What a page calls, with that page's token; `form` is posted if it is not empty.
    plain_answer call(const std::string& method, const std::string& path,
                      const std::string& page_token, const std::string& form = "");
    /// The token that was given to a page.
    static std::string token_in(const plain_answer& page);

    plain_answer get(const std::string& target) { return send(port_, {.target = target}); }
    std::string token_of(const credentials& in, const someone& by, std::int64_t where) const;
    /// Stops it, expects it to end well, and starts it again with the same store.
    void restart();

    /// Asks again and again, for at most 30 s; fails the test if it never becomes true. For work
    /// that goes on after the answer and is seen nowhere else.
    static void wait_until(const std::function<bool()>& done);

    scripted_host host_;

private:
    void start();

    std::string name_;
    std::map<std::string, std::string> settings_;
    temporary_folder folder_;
    std::unique_ptr<child_process> program_;
    std::uint16_t port_ = 0;
    descriptor described_;
    int installations_ = 0;
};

}  // namespace hipchat::testing
