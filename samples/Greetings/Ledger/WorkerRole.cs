using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.WindowsAzure.ServiceRuntime;

namespace Ledger
{
    public class WorkerRole : RoleEntryPoint
    {
        private readonly CancellationTokenSource cancellationTokenSource = new CancellationTokenSource();
        private readonly ManualResetEvent runCompleteEvent = new ManualResetEvent(false);
        private TcpListener listener;
        private Book book;

        public override bool OnStart()
        {
            RoleEnvironment.Changing += RoleEnvironmentChanging;
            RoleEnvironment.Changed += RoleEnvironmentChanged;

            var first = int.Parse(RoleEnvironment.GetConfigurationSettingValue("FirstNumber"));
            var folder = RoleEnvironment.GetLocalResource("Book").RootPath;
            book = new Book(Path.Combine(folder, "visitors.txt"), first);

            listener = new TcpListener(RoleEnvironment.CurrentRoleInstance.InstanceEndpoints["Counting"].IPEndpoint);
            listener.Start();

            bool result = base.OnStart();
            Trace.TraceInformation("Ledger has been started; the next visitor is number {0}", book.Next);
            return result;
        }

        public override void Run()
        {
            Trace.TraceInformation("Ledger is running");
            try
            {
                Task.WaitAll(ServeAsync(cancellationTokenSource.Token), ReportAsync(cancellationTokenSource.Token));
            }
            finally
            {
                runCompleteEvent.Set();
            }
        }

        public override void OnStop()
        {
            Trace.TraceInformation("Ledger is stopping");
            cancellationTokenSource.Cancel();
            listener.Stop();
            runCompleteEvent.WaitOne();
            base.OnStop();
            Trace.TraceInformation("Ledger has stopped");
        }

        private async Task ServeAsync(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    using (var client = await listener.AcceptTcpClientAsync())
                    {
                        var answer = Encoding.UTF8.GetBytes(book.Take() + "\n");
                        await client.GetStream().WriteAsync(answer, 0, answer.Length);
                    }
                }
                catch (Exception) when (cancellationToken.IsCancellationRequested)
                {
                    // The listener was stopped while it waited.
                }
                catch (IOException error)
                {
                    Trace.TraceWarning("A caller hung up: {0}", error.Message);
                }
            }
        }

        private async Task ReportAsync(CancellationToken cancellationToken)
        {
            try
            {
                while (true)
                {
                    var seconds = int.Parse(RoleEnvironment.GetConfigurationSettingValue("ReportSeconds"));
                    await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
                    Trace.TraceInformation("The next visitor is number {0}", book.Next);
                }
            }
            catch (OperationCanceledException)
            {
                // OnStop was called.
            }
        }

        // A new first number takes effect in a new life only; everything else is read when it is needed.
        private static void RoleEnvironmentChanging(object sender, RoleEnvironmentChangingEventArgs e)
        {
            if (e.Changes.OfType<RoleEnvironmentConfigurationSettingChange>().Any(change => change.ConfigurationSettingName == "FirstNumber"))
            {
                e.Cancel = true;
            }
        }

        private static void RoleEnvironmentChanged(object sender, RoleEnvironmentChangedEventArgs e)
        {
            foreach (var change in e.Changes.OfType<RoleEnvironmentConfigurationSettingChange>())
            {
                Trace.TraceInformation("The setting {0} has a new value", change.ConfigurationSettingName);
            }
        }
    }
}
