using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyCore.AccessPoint;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Billing.Webhooks;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Hosting.Running;

var program = new HostProgram("spotifycore-accesspoint", "Keeps accounts, catalogue and keys, and tells who has what.")
{
    Commands =
    [
        .. AccountCommand.Commands, .. RegistrationCommand.Commands, .. InvitationCommand.Commands,
        .. AdvertCommand.Commands, .. BackupCommand.Commands,
    ],
};

return await program.RunAsync(args, async () =>
{
    if (AccountCommand.IsMeant(args))
        return await AccountCommand.RunAsync(program, args);
    if (RegistrationCommand.IsMeant(args))
        return await RegistrationCommand.RunAsync(program, args);
    if (InvitationCommand.IsMeant(args))
        return await InvitationCommand.RunAsync(program, args);
    if (AdvertCommand.IsMeant(args))
        return await AdvertCommand.RunAsync(program, args);
    if (BackupCommand.IsMeant(args))
        return await BackupCommand.RunAsync(program, args);

    var builder = Host.CreateEmptyApplicationBuilder(settings: null);
    var options = builder.UseStrictOptions(program, args);
    builder.BindOptions<BackendOptions>(options);
    builder.BindPart<BackendOptions, MailOptions>(options, "Mail", static backend => backend.Mail);
    builder.BindPart<BackendOptions, PlanOptions>(options, "Plans", static backend => backend.Plans);
    builder.BindPart<BackendOptions, BillingOptions>(options, "Billing", static backend => backend.Billing);
    builder.Services.AddBackend().AddSingleton(static services =>
        new DataDirectory(services.GetRequiredService<IOptions<BackendOptions>>().Value.DataDirectory)
        {
            IsForOwnerAlone = true,
        });
    builder.Services.AddListener(options);

    using var host = builder.Build();
    return await host.RunToEndAsync(() => Listener.Describe(host.Services));
});
