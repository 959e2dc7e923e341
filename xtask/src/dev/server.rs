//! `wrangler dev` as a child: started in a process group of its own, so that Ctrl-C reaches xtask alone and xtask
//! ends wrangler and its workerd together.

use std::io::{Read, Write, stdin};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::instance::{Instance, free_port};
use crate::project::Project;
use crate::setup::Tools;

const PAUSE: Duration = Duration::from_millis(100);
/// A cold start on a busy machine of two cores takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long wrangler may take to put its files away.
const GRACE: Duration = Duration::from_secs(5);

pub(super) struct Server {
    child: Child,
    asked_to_stop: Arc<AtomicBool>,
}

impl Server {
    /// `variables` are the Worker's, as `NAME:value`.
    pub(super) fn start(project: &Project, tools: &Tools, instance: &Instance, variables: &[String]) -> Result<Self> {
        let asked_to_stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&asked_to_stop);
        ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed)).context("Ctrl-C cannot be listened to.")?;

        let [port, inspector] = [instance.port, free_port()?].map(|port| port.to_string());
        let mut wrangler = instance.wrangler(project, tools, &["dev"])?;
        wrangler
            .args(["--port", &port, "--inspector-port", &inspector, "--var", "NOD_ENVIRONMENT:development"])
            .args(["--show-interactive-dev-session", "false", "--env-file"])
            .arg(instance.secrets());
        for variable in variables {
            wrangler.args(["--var", variable]);
        }
        let child = wrangler.stdin(Stdio::null()).process_group(0).spawn().context("wrangler could not be started.")?;
        Ok(Self { child, asked_to_stop })
    }

    /// Stops, too, when standard input closes: the test that holds its other end is gone.
    pub(super) fn stop_with_stdin(&self) {
        let asked = Arc::clone(&self.asked_to_stop);
        spawn(move || {
            let _ = std::io::copy(&mut stdin(), &mut std::io::sink());
            asked.store(true, Ordering::Relaxed);
        });
    }

    /// Waits until the Worker answers; false when asked to stop before.
    pub(super) fn is_ready(&mut self, instance: &Instance) -> Result<bool> {
        let deadline = Instant::now() + PATIENCE;
        while !is_healthy(instance.port) {
            if self.is_asked_to_stop() {
                return Ok(false);
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("wrangler stopped before the Worker answered ({status}); its words are above.");
            }
            if Instant::now() > deadline {
                bail!("The Worker did not answer {}/healthz within {} seconds.", instance.url, PATIENCE.as_secs());
            }
            sleep(PAUSE);
        }
        Ok(true)
    }

    /// Waits until asked to stop. An end that nobody asked for is an error.
    pub(super) fn wait(&mut self) -> Result<()> {
        while !self.is_asked_to_stop() {
            if let Some(status) = self.child.try_wait()? {
                bail!("wrangler stopped by itself ({status}); its words are above.");
            }
            sleep(PAUSE);
        }
        Ok(())
    }

    fn is_asked_to_stop(&self) -> bool {
        self.asked_to_stop.load(Ordering::Relaxed)
    }

    /// Ends wrangler and everything that it started.
    pub(super) fn stop(&mut self) -> Result<()> {
        self.signal(Signal::SIGTERM)?;
        let deadline = Instant::now() + GRACE;
        while self.child.try_wait()?.is_none() && Instant::now() < deadline {
            sleep(PAUSE);
        }
        self.signal(Signal::SIGKILL)?;
        self.child.wait()?;
        Ok(())
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        let group = i32::try_from(self.child.id()).context("wrangler's process number is too large.")?;
        match killpg(Pid::from_raw(group), signal) {
            Ok(()) | Err(Errno::ESRCH) => Ok(()),
            Err(error) => Err(error).context("wrangler could not be told to stop."),
        }
    }
}

/// An error on the way out must not leave workerd behind.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.signal(Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

fn is_healthy(port: u16) -> bool {
    status(port).is_ok_and(|line| line.starts_with("HTTP/1.1 200"))
}

/// The first line of the answer to `GET /healthz`.
fn status(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("localhost", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(512).read_to_string(&mut answer)?;
    Ok(answer)
}
