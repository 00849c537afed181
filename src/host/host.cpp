#include "host/host.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "host/api/assets.hpp"
#include "host/api/body_limit.hpp"
#include "host/api/front.hpp"
#include "host/api/live.hpp"
#include "host/api/v1/v1.hpp"
#include "host/api/v2/rest.hpp"
#include "host/api/web.hpp"
#include "host/connect/planner.hpp"
#include "host/core/dates.hpp"
#include "host/core/retention.hpp"
#include "host/data_folder.hpp"
#include "host/metrics_server.hpp"
#include "host/telling.hpp"
#include "transport/destination_policy.hpp"
#include "transport/http_server.hpp"

namespace hipchat::host {
namespace {

bool is_loopback(const std::string& address) {
    return transport::classify_address(address) == transport::address_kind::loopback;
}

host_options checked(host_options options) {
    if (!is_loopback(options.address) && options.base_url.empty())
        throw config_error(
            "beyond this machine the host must know under which address browsers and "
            "add-ons reach it; give it with --base-url");
    if (options.tls.certificate.empty() != options.tls.key.empty())
        throw config_error(
            "TLS needs a certificate and its key; give both --tls-cert and --tls-key");
    return options;
}

std::string base_url_of(const host_options& options, std::uint16_t port) {
    if (!options.base_url.empty()) return options.base_url;
    return (options.tls.empty() ? "http://localhost:" : "https://localhost:")
           + std::to_string(port);
}

storage::sqlite::database_options database_at(std::string path) {
    storage::sqlite::database_options options;
    options.path = std::move(path);
    return options;
}

// Add-ons are reached on this machine and on the internet, in the clear too, and nowhere else.
transport::destination_policy addon_destinations() {
    transport::destination_policy policy;
    policy.allow_loopback().allow_plain_http();
    return policy;
}

std::optional<secret> new_setup_code(bool is_needless) {
    if (is_needless) return std::nullopt;
    return secret(random_alphanumeric(32));
}

// A room full of people behind one address, and each of them with some tabs.
constexpr std::size_t most_connections_per_address = 1'000;

// A database that is ready to be read: seeded, and without what the last run left half done.
class opened {
public:
    opened(const std::string& path, const clock& time)
        : on_(path, storage::sqlite::access::read_write) {
        on_.run("BEGIN IMMEDIATE");
        seed(on_, time.now());
        revoke_unconfirmed(on_);
        close_presence(on_, time.now());
        on_.run("COMMIT");
    }
    connection& on() noexcept { return on_; }

private:
    connection on_;
};

}  // namespace

// Members are in the order in which they need each other.
class host::impl {
public:
    impl(transport::io_loop& loop, logger& log, const clock& time, host_options options)
        : impl(loop, log, time, checked(std::move(options)), nullptr) {}
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;
    ~impl() {
        *alive_ = false;
        server_.reset();
    }

    std::uint16_t port() const noexcept { return server_->port(); }
    const std::string& base_url() const noexcept { return self_.base_url(); }
    const router& routes() const noexcept { return router_; }
    std::string setup_url() const {
        return setup_code_ ? base_url() + "/setup#" + std::string(setup_code_->reveal()) : "";
    }
    const secret& shell_token() const noexcept { return shell_token_; }
    bool has_accounts() const noexcept { return accounts_.any(); }
    void renew_tls() { server_->renew_tls(); }
    std::uint16_t metrics_port_number() const noexcept {
        return metrics_ ? metrics_->port() : std::uint16_t{0};
    }
    void stop(std::chrono::milliseconds limit, std::function<void(std::size_t)> done);

private:
    impl(transport::io_loop& loop, logger& log, const clock& time, host_options options,
         std::nullptr_t);

    std::unique_ptr<transport::http_server> listen();
    void start();
    void finish();

    transport::io_loop& loop_;
    logger& log_;
    host_options options_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    transport::trusted_proxies proxies_;
    data_folder folder_;
    database store_;
    std::optional<opened> opened_;
    std::unique_ptr<transport::http_server> server_;
    self_address self_;

    background work_;
    feed feed_;
    rooms rooms_;
    people people_;
    feed::subscription activity_;
    presence presence_;
    commands commands_;
    files files_;
    retention retention_;
    attendance attendance_;
    clients clients_;
    tokens tokens_;
    personal_tokens personal_tokens_;
    accounts accounts_;
    sessions sessions_;
    invitations invitations_;
    sign_in_limits attempts_;
    secret shell_token_;
    bool is_single_user_;
    std::optional<secret> setup_code_;
    read_marks read_marks_;
    glance_board glance_board_;

    traffic traffic_;
    transport::http_client client_;
    courier courier_;
    deliverer deliverer_;
    planner planner_;
    installer installer_;
    std::vector<delivery> pending_;

    assets assets_;
    meter meter_;
    services services_;
    live live_;
    gate gate_;
    router router_;
    documents documents_;
    front front_;
    telling telling_;
    std::optional<metrics_server> metrics_;

    bool is_stopping_ = false;
    std::function<void(std::size_t)> stopped_;
    event_loop::timer limit_ = 0;
    std::size_t requests_left_ = 0;
    bool is_drained_ = false;
};

host::impl::impl(transport::io_loop& loop, logger& log, const clock& time, host_options options,
                 std::nullptr_t)
    : loop_(loop),
      log_(log),
      options_(std::move(options)),
      proxies_(options_.trusted_proxies),
      folder_(options_.data_folder),
      store_(loop, database_at(folder_.database_path()), migrations()),
      opened_(std::in_place, folder_.database_path(), time),
      server_(listen()),
      self_(base_url_of(options_, server_->port()), server_->port()),
      work_(log),
      feed_(loop, time, store_, work_, newest_change(opened_->on())),
      rooms_(store_, time, feed_, opened_->on()),
      people_(store_, time, opened_->on()),
      activity_(feed_.subscribe([this](const change_ptr& made) {
          const std::int64_t who = active_in(made->content);
          if (who != 0) people_.seen(who, read_date(made->content.at("at").as_string()));
      })),
      presence_(feed_),
      commands_(store_, time, feed_),
      files_(loop, time, store_, work_, feed_, folder_.files_path(), opened_->on()),
      retention_({loop, time, store_, work_}, options_.retention, [this] { files_.sweep(); }),
      attendance_(loop, work_, commands_, options_.absence),
      clients_(store_, time, feed_, opened_->on(), log),
      tokens_(store_, time, clients_, opened_->on()),
      personal_tokens_(store_, time, opened_->on()),
      accounts_(loop, store_, opened_->on()),
      sessions_(store_, time, opened_->on()),
      invitations_(store_, time, opened_->on()),
      attempts_(time),
      shell_token_(folder_.shell_token()),
      is_single_user_(is_loopback(options_.address) && proxies_.empty()
                      && self_.is_of_this_machine()),
      setup_code_(new_setup_code(is_single_user_ || accounts_.any())),
      read_marks_(store_, opened_->on()),
      glance_board_(store_, opened_->on()),
      traffic_(loop, time),
      client_(loop, addon_destinations(), options_.outbound),
      courier_(client_, traffic_, time),
      deliverer_({loop, log, time, store_, clients_, courier_, commands_, work_},
                 options_.deliveries),
      planner_({loop, store_, feed_, clients_, rooms_, people_, self_.base_url()}, work_, feed_,
               planned_until(opened_->on()),
               [this](std::vector<delivery> due) { deliverer_.take(std::move(due)); }),
      installer_(courier_, clients_, deliverer_, self_, time, work_,
                 {options_.descriptor_time, options_.install_time, options_.uninstall_time}),
      pending_(read_deliveries(opened_->on())),
      assets_(options_.assets_folder),
      meter_(time, options_.limits),
      services_{log,           time,
                self_,         rooms_,
                people_,       presence_,
                attendance_,   clients_,
                tokens_,       personal_tokens_,
                accounts_,     sessions_,
                invitations_,  attempts_,
                setup_code_,   is_single_user_,
                read_marks_,   meter_,
                store_,        commands_,
                files_,        feed_,
                glance_board_, installer_,
                traffic_},
      live_(services_),
      gate_({clients_, tokens_, personal_tokens_, people_, self_, accounts_, sessions_,
             shell_token_, is_single_user_}),
      router_(gate_, meter_, log),
      documents_(router_, self_.base_url()),
      front_({router_, proxies_, log, time, options_.logs_requests}),
      telling_(
          {rooms_, people_, live_, *server_, work_, feed_, deliverer_, planner_, store_, front_}) {
    opened_.reset();
    if (options_.metrics.port)
        metrics_.emplace(loop, log, options_.metrics,
                         [this](metrics_page& page) { telling_.tell(page); });
    add_rest_routes({router_, documents_}, services_);
    add_v1_routes(router_, services_);
    add_page_routes(router_, services_, assets_);
    add_account_page_routes(router_, services_, assets_);
    add_web_session_routes(router_, services_);
    add_web_setup_routes(router_, services_);
    add_web_profile_routes(router_, services_);
    add_web_people_routes(router_, services_);
    add_web_guest_routes(router_, services_);
    add_web_room_routes(router_, services_);
    add_web_search_routes(router_, services_);
    add_web_file_routes(router_, services_);
    add_web_event_routes(router_, services_);
    add_web_integration_routes(router_, services_);
    add_web_module_routes(router_, services_);
    add_web_traffic_routes(router_, services_);
    add_web_token_routes(router_, services_);
    add_file_routes(router_, services_);
    add_live_routes(router_, live_);
    add_health_routes(router_, loop_, services_, is_stopping_);
    loop_.post([this, alive = alive_] {
        if (*alive) start();
    });
}

std::unique_ptr<transport::http_server> host::impl::listen() {
    transport::http_server_options server;
    server.address = options_.address;
    server.port = options_.port;
    server.tls = options_.tls;
    server.max_connections_per_address = most_connections_per_address;
    server.stands_for_many = [this](std::string_view peer) { return proxies_.contain(peer); };
    server.max_receiving_bytes = most_receiving;
    server.body_limit = [this](const transport::http_request& head) {
        return body_limit_of(head, gate_);
    };
    return std::make_unique<transport::http_server>(
        loop_, log_, std::move(server),
        [this](const transport::http_request& raw) { return front_.serve(raw); });
}

void host::impl::start() {
    if (stopped_) return;
    deliverer_.take(std::exchange(pending_, {}));
    planner_.wake();
    installer_.say_late_farewells();
    retention_.start();
}

void host::impl::stop(std::chrono::milliseconds limit, std::function<void(std::size_t)> done) {
    stopped_ = std::move(done);
    is_stopping_ = true;
    attendance_.stop();
    retention_.stop();
    planner_.stop();
    deliverer_.stop();
    live_.stop();
    feed_.stop();
    traffic_.stop();
    limit_ = loop_.call_after(limit, [this] {
        limit_ = 0;
        finish();
    });
    server_->drain(limit, [this](std::size_t left) {
        is_drained_ = true;
        requests_left_ = left;
        work_.when_idle([this] { finish(); });
    });
}

// Called when all has ended, and when the time is up, whichever comes first.
void host::impl::finish() {
    if (limit_ != 0) loop_.cancel(std::exchange(limit_, 0));
    const std::function<void(std::size_t)> done = std::exchange(stopped_, {});
    if (done) done(requests_left_ + work_.under_way() + (is_drained_ ? 0 : 1));
}

host::host(transport::io_loop& loop, logger& log, const clock& time, host_options options)
    : impl_(std::make_unique<impl>(loop, log, time, std::move(options))) {
}

host::~host() = default;

std::uint16_t host::port() const noexcept {
    return impl_->port();
}

const std::string& host::base_url() const noexcept {
    return impl_->base_url();
}

std::string host::setup_url() const {
    return impl_->setup_url();
}

const secret& host::shell_token() const noexcept {
    return impl_->shell_token();
}

bool host::has_accounts() const noexcept {
    return impl_->has_accounts();
}

void host::renew_tls() {
    impl_->renew_tls();
}

std::uint16_t host::metrics_port() const noexcept {
    return impl_->metrics_port_number();
}

std::vector<route_policy> host::policies() const {
    std::vector<route_policy> all;
    for (const router::route& each : impl_->routes().routes()) {
        const bool has_role = each.who() == caller::person_here || each.who() == caller::page;
        all.push_back({each.method, each.path.text(), to_string(each.who()), each.scopes,
                       has_role ? std::string(to_string(each.least)) : ""});
    }
    return all;
}

void host::stop(std::chrono::milliseconds limit, std::function<void(std::size_t left)> done) {
    impl_->stop(limit, std::move(done));
}

}  // namespace hipchat::host
