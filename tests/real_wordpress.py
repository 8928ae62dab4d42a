"""A real WordPress on 127.0.0.1: PHP's own server, SQLite in place of MySQL, nothing from outside.

``WORDPRESS_BUILDS`` names the unpacked npm package ``@wp-playground/wordpress-builds``, which holds
the archives; ``make test-wordpress`` fetches it.  Nothing of it is part of this repository.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Self

_CONFIG = """<?php
foreach (['NAME', 'USER', 'PASSWORD', 'HOST'] as $part) define("DB_$part", 'unused');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('DB_DIR', __DIR__ . '/wp-content/database/');
define('DB_FILE', 'site.sqlite');
define('WP_HOME', 'ADDRESS');
define('WP_SITEURL', 'ADDRESS');
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""

_INSTALL = """<?php
$_SERVER['HTTP_HOST'] = parse_url($argv[2], PHP_URL_HOST) . ':' . parse_url($argv[2], PHP_URL_PORT);
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';
define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('A clinic', 'admin', 'admin@example.invalid', true, '', 'log-in-only');
update_option('permalink_structure', '/%postname%/');
flush_rewrite_rules();
$passwords = [];
$roles = ['admin' => '', 'ed' => 'editor', 'au' => 'author', 'co' => 'contributor'];
foreach ($roles as $login => $role) {
    $user = get_user_by('login', $login);
    $id = $user ? $user->ID : wp_insert_user([
        'user_login' => $login, 'user_pass' => 'log-in-only', 'role' => $role,
        'user_email' => "$login@example.invalid",
    ]);
    $made = WP_Application_Passwords::create_new_application_password($id, ['name' => 'tests']);
    $passwords[$login] = $made[0];
}
fwrite(STDOUT, "\\nPASSWORDS " . json_encode($passwords) . "\\n");
"""

_ROUTER = """<?php
$path = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
if ($path !== '/' && is_file($file)) return false;
$index = rtrim($file, '/') . '/index.php';
if ($path === '/' || !is_file($index)) {
    $index = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
    $path = '';
}
$_SERVER['SCRIPT_NAME'] = rtrim($path, '/') . '/index.php';
$_SERVER['PHP_SELF'] = $_SERVER['SCRIPT_NAME'];
chdir(dirname($index));
require $index;
"""


def missing() -> str:
    """Why no WordPress can be started here; empty where one can."""
    builds = os.environ.get("WORDPRESS_BUILDS", "")
    if not builds or not (Path(builds) / "src" / "wordpress").is_dir():
        return "WORDPRESS_BUILDS names no unpacked @wp-playground/wordpress-builds"
    return "" if shutil.which("php") else "there is no php"


class RealWordPress:
    """One site with a user of each role; a context that ends the server it started."""

    def __init__(self, folder: Path, version: str, *, with_editors: bool = False) -> None:
        self.builds = Path(os.environ["WORDPRESS_BUILDS"]) / "src"
        self.folder, self.version, self.with_editors = folder, version, with_editors
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        self.passwords: dict[str, str] = {}
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        root = self._unpack()
        (self.folder / "install.php").write_text(_INSTALL)
        (self.folder / "router.php").write_text(_ROUTER)
        made = subprocess.run(
            ["php", "-d", "display_errors=0", "install.php", str(root), self.address],
            cwd=self.folder, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        told = [line for line in made.stdout.splitlines() if line.startswith("PASSWORDS ")]
        assert told, made.stdout[-2000:] + made.stderr[-2000:]
        self.passwords = json.loads(told[-1].removeprefix("PASSWORDS "))
        place = self.address.removeprefix("http://")
        with (self.folder / "php.log").open("wb") as log:
            self._server = subprocess.Popen(
                ["php", "-S", place, "-t", str(root), "router.php"],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                env=os.environ | {"PHP_CLI_SERVER_WORKERS": "4"},
                start_new_session=True,
            )
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGTERM)
            self._server.wait(timeout=20)

    def install(self, name: str, code: str) -> None:
        """Put a must-use plugin into the site."""
        folder = self.folder / "wp" / "wp-content" / "mu-plugins"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(code)

    def uninstall(self, name: str) -> None:
        """Take it out again."""
        (self.folder / "wp" / "wp-content" / "mu-plugins" / name).unlink()

    def _unpack(self) -> Path:
        root = self.folder / "wp"
        with zipfile.ZipFile(self.builds / "wordpress" / f"wp-{self.version}.zip") as archive:
            archive.extractall(root)
        if self.with_editors:
            # The archives lack the scripts of the editors, which the package keeps apart.
            static = self.builds.parent / "public" / f"wp-{self.version}"
            ignored = shutil.ignore_patterns("sqlite-database-integration*")
            shutil.copytree(static, root, dirs_exist_ok=True, ignore=ignored)
        (root / "wp-config.php").unlink(missing_ok=True)
        plugins = root / "wp-content" / "plugins"
        (package,) = (self.builds / "sqlite-database-integration").glob("*.zip")
        with zipfile.ZipFile(package) as archive:
            archive.extractall(plugins)
        (plugin,) = (path for path in plugins.glob("sqlite-database-integration*") if path.is_dir())
        drop_in = (plugin / "db.copy").read_text()
        drop_in = drop_in.replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", str(plugin))
        drop_in = drop_in.replace("{SQLITE_PLUGIN}", f"{plugin.name}/load.php")
        (root / "wp-content" / "db.php").write_text(drop_in)
        (root / "wp-config.php").write_text(_CONFIG.replace("ADDRESS", self.address))
        return root

    def _wait(self) -> None:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{self.address}/", timeout=20).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise AssertionError((self.folder / "php.log").read_text(errors="replace")[-2000:])
