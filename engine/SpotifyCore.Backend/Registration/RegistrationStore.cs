using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Registration;

/// <summary>Makes accounts of those who may have them. Safe for many threads.</summary>
internal sealed class RegistrationStore(ServiceDatabase database, AccountStore accounts, TimeProvider time)
{
    /// <summary>Why an account would not be made now.</summary>
    public RegistrationRefusal FindRefusal(WantedAccount wanted)
    {
        using var connection = database.Open();
        return FindRefusal(connection, wanted);
    }

    /// <summary>
    /// Makes an account and takes its invitation, both or neither, unless there is a reason against it then; durable when
    /// this returns.
    /// </summary>
    public RegistrationResult Make(WantedAccount wanted, byte[] password) =>
        database.Write(connection => Make(connection, wanted, password));

    /// <summary>Makes an account within a change, or says why not.</summary>
    public RegistrationResult Make(DbConnection connection, WantedAccount wanted, byte[] password)
    {
        // One change at a time: what is found now is so until it is committed.
        if (FindRefusal(connection, wanted) is not RegistrationRefusal.None and var refusal)
            return RegistrationResult.Refused(refusal);

        var account = accounts.Insert(connection, new NewAccount
        {
            Name = wanted.Name,
            Roles = AccountRoles.Listener,
            Password = password,
            Country = wanted.Country,
            Email = wanted.Email,
        })!;
        if (RandomCode.TryHash(wanted.Invitation, out var code))
            InvitationStore.Take(connection, code, account, Now);

        return RegistrationResult.Made(account);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    // The name last: only who may register hears whether it is taken.
    private RegistrationRefusal FindRefusal(DbConnection connection, WantedAccount wanted)
    {
        var mode = RegistrationSettings.ModeOf(connection, wanted.Country);
        if (mode == RegistrationMode.Closed)
            return RegistrationRefusal.Closed;

        if (wanted.Invitation.Length > 0)
        {
            if (!RandomCode.TryHash(wanted.Invitation, out var code) || !InvitationStore.IsThere(connection, code, Now))
                return RegistrationRefusal.InvitationUnusable;
        }
        else if (mode == RegistrationMode.Invitation)
        {
            return RegistrationRefusal.NotInvited;
        }

        return AccountStore.IsTaken(connection, wanted.Name)
            ? RegistrationRefusal.NameTaken
            : RegistrationRefusal.None;
    }
}
