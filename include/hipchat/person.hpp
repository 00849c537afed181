#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/scope.hpp"

namespace hipchat {

/// Who acted, or was mentioned (addon-side.md 5.3).
class person {
public:
    person(std::int64_t id, std::string name, std::string mention_name)
        : id_(id), name_(std::move(name)), mention_name_(std::move(mention_name)) {}

    /// 0 when the host gave a name only.
    std::int64_t id() const noexcept { return id_; }
    const std::string& name() const noexcept { return name_; }
    /// Without the '@'; may be empty.
    const std::string& mention_name() const noexcept { return mention_name_; }

    /// Changes with the person's data; empty where the host did not say.
    const std::string& version() const noexcept { return version_; }
    /// URL of the person in the REST API; empty where the host did not say.
    const std::string& self() const noexcept { return self_; }

    person& with_version(std::string version, std::string self) {
        version_ = std::move(version);
        self_ = std::move(self);
        return *this;
    }

private:
    std::int64_t id_;
    std::string name_;
    std::string mention_name_;
    std::string version_;
    std::string self_;
};

/// An add-on that acted, where a person usually does (addon-side.md 5.3, client sender).
struct client {
    std::string id = {};    ///< the OAuth client, which is the oauthId of an installation
    std::string name = {};  ///< may be empty
    std::vector<scope> allowed_scopes = {};
    std::string self = {};                     ///< URL in the REST API; may be empty
    std::optional<std::int64_t> room_id = {};  ///< absent: installed for a group
};

}  // namespace hipchat
