#include "storage/sqlite/statement.hpp"

#include <sqlite3.h>

#include <cstring>

namespace hipchat::storage::sqlite {
namespace {

constexpr int busy_timeout_ms = 5000;
constexpr std::size_t most_cached = 128;

// What the reader of the log can do about it; empty if it is the program's fault.
std::string_view advice(int code) {
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "; another process keeps the file locked: try again, or stop that process";
        case SQLITE_FULL:
            return "; free some space on its disk";
        case SQLITE_CANTOPEN:
            return "; check that its folder exists and may be written by this user";
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return "; let this user write the file and its folder";
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return "; name another file, or restore it from a backup";
        case SQLITE_IOERR:
            return "; check its disk";
        default:
            return "";
    }
}

// The SQL on one line, at most 100 bytes.
std::string shortened(std::string_view sql) {
    std::string text;
    for (const char letter : sql) {
        const bool space = letter == ' ' || letter == '\n' || letter == '\t';
        if (space && (text.empty() || text.back() == ' ')) continue;
        if (text.size() == 100) return text + "...";
        text += space ? ' ' : letter;
    }
    return text;
}

// @param reason must hold no bound value
[[noreturn]] void fail(sqlite3* open, int code, std::string_view doing, std::string_view reason) {
    const char* path = sqlite3_db_filename(open, "main");
    std::string message = path == nullptr ? "SQLite" : path;
    message.append(": ").append(reason).append(" (").append(std::to_string(code)).append("), at: ");
    message.append(doing).append(advice(code));
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT:
            throw constraint_error(message);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw busy_error(message);
        default:
            throw storage_error(message);
    }
}

// A copy that SQLite owns; never null, also for no bytes.
void* copied(const void* bytes, std::size_t size) {
    void* copy = sqlite3_malloc64(size + 1);
    if (copy == nullptr) throw std::bad_alloc();
    if (size != 0) std::memcpy(copy, bytes, size);
    return copy;
}

}  // namespace

void detail::closer::operator()(sqlite3* open) const noexcept {
    sqlite3_close_v2(open);
}

void detail::finalizer::operator()(sqlite3_stmt* prepared) const noexcept {
    sqlite3_finalize(prepared);
}

statement::statement(connection& owner, cached prepared)
    : owner_(&owner), prepared_(std::move(prepared)) {
}

statement::statement(statement&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)), prepared_(std::move(other.prepared_)) {
}

statement::~statement() {
    if (owner_ == nullptr) return;
    reset();
    sqlite3_clear_bindings(raw());
    owner_->give_back(std::move(prepared_));
}

void statement::bind(int position, std::string_view text) {
    // SQLite frees the copy in every case, also when it fails.
    auto* copy = static_cast<char*>(copied(text.data(), text.size()));
    check(sqlite3_bind_text64(raw(), position, copy, text.size(), sqlite3_free, SQLITE_UTF8));
}

void statement::bind(int position, std::span<const std::byte> bytes) {
    void* copy = copied(bytes.data(), bytes.size());
    check(sqlite3_bind_blob64(raw(), position, copy, bytes.size(), sqlite3_free));
}

void statement::bind(int position, std::nullopt_t) {
    check(sqlite3_bind_null(raw(), position));
}

void statement::bind(int position, double value) {
    check(sqlite3_bind_double(raw(), position, value));
}

void statement::bind_integer(int position, std::int64_t value) {
    check(sqlite3_bind_int64(raw(), position, value));
}

bool statement::step() {
    const int code = sqlite3_step(raw());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3* open = sqlite3_db_handle(raw());
    const int extended = sqlite3_extended_errcode(open);
    // Only here is the detailed message known to name the schema and no values.
    const bool constraint = (code & 0xFF) == SQLITE_CONSTRAINT;
    const std::string reason = constraint ? sqlite3_errmsg(open) : sqlite3_errstr(extended);
    reset();
    fail(open, extended, shortened(prepared_.key()), reason);
}

void statement::run() {
    while (step()) {
    }
}

void statement::reset() noexcept {
    sqlite3_reset(raw());
}

std::string statement::text(int column) const {
    // The text first, then its size: the other way round the size may be that of another encoding.
    const unsigned char* text = sqlite3_column_text(raw(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw(), column));
    return text == nullptr ? std::string() : std::string(text, text + size);
}

std::int64_t statement::integer(int column) const {
    return sqlite3_column_int64(raw(), column);
}

double statement::real(int column) const {
    return sqlite3_column_double(raw(), column);
}

std::string statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(raw(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw(), column));
    return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

bool statement::is_null(int column) const {
    return sqlite3_column_type(raw(), column) == SQLITE_NULL;
}

std::optional<std::string> statement::optional_text(int column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}

std::optional<std::int64_t> statement::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

void statement::check(int code) const {
    if (code != SQLITE_OK)
        fail(sqlite3_db_handle(raw()), code, shortened(prepared_.key()), sqlite3_errstr(code));
}

void statement::refuse_integer(int position) const {
    throw storage_error("SQLite: the integer for placeholder " + std::to_string(position)
                        + " is larger than a column can hold, at: " + shortened(prepared_.key()));
}

connection::connection(const std::string& path, access allowed) {
    sqlite3* opened = nullptr;
    // The mutex is SQLite's own; a connection here belongs to one thread at a time.
    const int code = sqlite3_open_v2(path.c_str(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    open_.reset(opened);
    if (opened == nullptr) throw std::bad_alloc();
    if (code != SQLITE_OK)
        fail(opened, sqlite3_extended_errcode(opened), "opening " + path, sqlite3_errmsg(opened));
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_timeout_ms);
    exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF");
    if (allowed == access::read_only) exec("PRAGMA query_only = ON");
}

connection::~connection() = default;

statement connection::prepare(std::string_view sql) {
    const auto found = idle_.find(sql);
    if (found != idle_.end()) return {*this, idle_.extract(found)};

    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(open_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) fail(open_.get(), code, shortened(sql), sqlite3_errmsg(open_.get()));
    // A map of its own makes the node; in the cache are only statements that nobody is using.
    detail::statement_cache one;
    const auto node = one.try_emplace(std::string(sql), made).first;
    return {*this, one.extract(node)};
}

void connection::exec(const std::string& script) {
    const int code = sqlite3_exec(open_.get(), script.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(open_.get(), code, shortened(script), sqlite3_errmsg(open_.get()));
}

std::int64_t connection::last_insert_id() const noexcept {
    return sqlite3_last_insert_rowid(open_.get());
}

bool connection::in_transaction() const noexcept {
    return sqlite3_get_autocommit(open_.get()) == 0;
}

std::int64_t connection::changes() const noexcept {
    return sqlite3_changes64(open_.get());
}

void connection::give_back(statement::cached prepared) noexcept {
    // SQL texts are constants; if someone makes them up all the same, memory stays bounded.
    if (idle_.size() >= most_cached) idle_.clear();
    idle_.insert(std::move(prepared));
}

}  // namespace hipchat::storage::sqlite
