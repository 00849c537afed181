#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/rest/client.hpp"
#include "hipchat/rest/paged.hpp"
#include "hipchat/rest/people.hpp"
#include "hipchat/secret.hpp"

namespace hipchat::rest {

/// Whether a person is there. There is none while they are offline.
struct user_presence {
    std::string show = {};  ///< "chat", "away", "xa", "dnd"; empty: plainly available
    std::string status = {};
    std::int64_t idle = 0;  ///< seconds
    bool is_online = false;
    std::string client_type = {};
    std::string client_version = {};
};

struct user_details : user_summary {
    std::string email = {};
    std::string title = {};
    std::string timezone = {};
    std::string photo_url = {};
    bool is_group_admin = false;
    bool is_guest = false;
    bool is_deleted = false;
    std::vector<std::string> roles = {};  ///< "owner", "admin", "moderator", "user"
    std::string created = {};
    std::string last_active = {};  ///< as the host writes it: a date, or seconds since 1970
    std::string xmpp_jid = {};
    std::optional<std::int64_t> group_id = {};
    std::string group_name = {};
    std::optional<user_presence> presence = {};  ///< absent: offline
};

/// A user to create.
class new_user {
public:
    new_user(std::string name, std::string email)
        : name_(std::move(name)), email_(std::move(email)) {}

    new_user& title(std::string text) & {
        title_ = std::move(text);
        return *this;
    }
    new_user&& title(std::string text) && { return std::move(title(std::move(text))); }
    /// Without the '@'; the host makes one of the name unless set.
    new_user& mention_name(std::string text) & {
        mention_name_ = std::move(text);
        return *this;
    }
    new_user&& mention_name(std::string text) && {
        return std::move(mention_name(std::move(text)));
    }
    new_user& is_group_admin(bool on = true) & {
        admin_ = on;
        return *this;
    }
    new_user&& is_group_admin(bool on = true) && { return std::move(is_group_admin(on)); }
    /// For example "Europe/Stockholm".
    new_user& timezone(std::string name) & {
        timezone_ = std::move(name);
        return *this;
    }
    new_user&& timezone(std::string name) && { return std::move(timezone(std::move(name))); }
    /// The host makes one unless set.
    new_user& password(secret text) & {
        password_ = std::move(text);
        return *this;
    }
    new_user&& password(secret text) && { return std::move(password(std::move(text))); }

    const std::string& name() const noexcept { return name_; }
    const std::string& email() const noexcept { return email_; }
    const std::string& title() const noexcept { return title_; }
    const std::string& mention_name() const noexcept { return mention_name_; }
    bool admin() const noexcept { return admin_; }
    const std::string& timezone() const noexcept { return timezone_; }
    const secret& password() const noexcept { return password_; }

private:
    std::string name_;
    std::string email_;
    std::string title_;
    std::string mention_name_;
    bool admin_ = false;
    std::string timezone_;
    secret password_;
};

/// A created user; the answer's shape differs between hosts, so `json` has all of it.
struct created_user : created {
    secret password = {};  ///< the one that the host made; empty: none was
};

/// A changed user. The host wants name, mention name and e-mail at once, so it is made from what
/// the user is now.
class user_update {
public:
    explicit user_update(const user_details& now)
        : name_(now.name),
          mention_name_(now.mention_name),
          email_(now.email),
          title_(now.title),
          timezone_(now.timezone),
          admin_(now.is_group_admin) {}

    user_update& name(std::string text) & {
        name_ = std::move(text);
        return *this;
    }
    user_update&& name(std::string text) && { return std::move(name(std::move(text))); }
    user_update& mention_name(std::string text) & {
        mention_name_ = std::move(text);
        return *this;
    }
    user_update&& mention_name(std::string text) && {
        return std::move(mention_name(std::move(text)));
    }
    user_update& email(std::string text) & {
        email_ = std::move(text);
        return *this;
    }
    user_update&& email(std::string text) && { return std::move(email(std::move(text))); }
    user_update& title(std::string text) & {
        title_ = std::move(text);
        return *this;
    }
    user_update&& title(std::string text) && { return std::move(title(std::move(text))); }
    user_update& timezone(std::string name) & {
        timezone_ = std::move(name);
        return *this;
    }
    user_update&& timezone(std::string name) && { return std::move(timezone(std::move(name))); }
    user_update& is_group_admin(bool on = true) & {
        admin_ = on;
        return *this;
    }
    user_update&& is_group_admin(bool on = true) && { return std::move(is_group_admin(on)); }
    /// @param show "chat", "away", "xa", "dnd"; empty: plainly available
    user_update& presence(std::string show, std::string status = {}) & {
        show_ = std::move(show);
        status_ = std::move(status);
        return *this;
    }
    user_update&& presence(std::string show, std::string status = {}) && {
        return std::move(presence(std::move(show), std::move(status)));
    }

    const std::string& name() const noexcept { return name_; }
    const std::string& mention_name() const noexcept { return mention_name_; }
    const std::string& email() const noexcept { return email_; }
    const std::string& title() const noexcept { return title_; }
    const std::string& timezone() const noexcept { return timezone_; }
    bool admin() const noexcept { return admin_; }
    /// Absent: not changed.
    const std::optional<std::string>& show() const noexcept { return show_; }
    const std::string& status() const noexcept { return status_; }

private:
    std::string name_;
    std::string mention_name_;
    std::string email_;
    std::string title_;
    std::string timezone_;
    bool admin_;
    std::optional<std::string> show_;
    std::string status_;
};

enum class photo_size { small, big };

/// The people of the group.
class users {
public:
    explicit users(client host) : host_(std::move(host)) {}

    /// Scope: view_group.
    paged<user_summary> list(bool include_guests = false, bool include_deleted = false) const;
    /// Scope: admin_group.
    task<created_user> create(new_user who) const;
    /// Scope: view_group. There is no other way to see someone's presence.
    task<user_details> get(user_ref who) const;
    /// Scope: admin_group, also for the next one.
    task<> update(user_ref who, user_update changed) const;
    task<> remove(user_ref who) const;

    /// URL of the picture; empty if there is none. Scope: view_group.
    task<std::string> photo(user_ref who, photo_size size = photo_size::big) const;
    /// Scope: admin_group, also for the next one.
    /// @param image the bytes of a picture file
    task<> set_photo(user_ref who, std::string image) const;
    task<> remove_photo(user_ref who) const;

    /// The rooms that the user joins at start. Scope: view_group.
    paged<room_summary> auto_join(user_ref who) const;

    /// Asks someone into the group. Scope: admin_group.
    /// @param title of their work; may be empty
    task<resource> invite(std::string name, std::string email, std::string title = {}) const;

private:
    client host_;
};

}  // namespace hipchat::rest
